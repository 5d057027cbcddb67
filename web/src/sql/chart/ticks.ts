export type TimeUnit = 'minute' | 'hour' | 'day' | 'month' | 'year';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const FIXED: [number, TimeUnit][] = [
  ...[1, 5, 15, 30, 60, 180, 360].map((minutes): [number, TimeUnit] => [minutes * MINUTE, 'minute']),
  [12 * HOUR, 'hour'],
  ...[1, 2, 7, 14].map((days): [number, TimeUnit] => [days * DAY, 'day']),
];
const MONTHS = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000, 12_000];

/** Round times between two, at most so many, and how finely to write them. */
export function timeTicks(from: number, to: number, most: number): { at: number[]; unit: TimeUnit } {
  for (const [step, unit] of FIXED) {
    const first = Math.ceil(from / step) * step;
    if ((to - first) / step < most) return { at: every(first, to, step), unit: unit === 'minute' && to - from > DAY ? 'hour' : unit };
  }
  const start = new Date(from);
  const month = start.getUTCFullYear() * 12 + start.getUTCMonth() + (from > Date.UTC(start.getUTCFullYear(), start.getUTCMonth(), 1) ? 1 : 0);
  for (const step of MONTHS) {
    const at: number[] = [];
    for (let next = Math.ceil(month / step) * step; at.length <= most; next += step) {
      const time = firstOf(next);
      if (Number.isNaN(time) || time > to) break;
      at.push(time);
    }
    if (at.length <= most) return { at, unit: step < 12 ? 'month' : 'year' };
  }
  return { at: [from, to], unit: 'year' };
}

function every(first: number, to: number, step: number): number[] {
  const at: number[] = [];
  for (let next = first; next <= to; next += step) at.push(next);
  return at;
}

/** Without the two-digit years of Date.UTC. */
function firstOf(month: number): number {
  const date = new Date(0);
  date.setUTCFullYear(Math.floor(month / 12), month - Math.floor(month / 12) * 12, 1);
  return date.getTime();
}
