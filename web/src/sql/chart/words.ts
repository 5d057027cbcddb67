import type { Column } from '../../api/statements';
import { isOrdinal, roleOf, type ChartSettings } from './choice';
import { moment, type ChartData } from './series';
import type { TimeUnit } from './ticks';

const DIGITS = 20;

/** How values are written in a chart, by the locale. */
export type ChartWords = {
  /** All digits. */
  exact: (value: string | number) => string;
  /** Short, along an axis or at a bar, where the largest value is so large. */
  tick: (value: number, most: number) => string;
  /** A value of x. */
  x: (value: string | null) => string;
  /** A time along an axis, so finely. */
  time: (millis: number, unit: TimeUnit) => string;
};

/** As fine as the times of x are: months are not written as days, nor days with hours. */
function grain(data: ChartData): 'month' | 'day' | 'time' {
  const times = data.series.flatMap(({ points }) => points.flatMap(({ x }) => (x === null ? [] : [moment(x.replace(' ', 'T'))])));
  const all = (test: (date: Date) => boolean) => times.every((time) => time !== null && test(new Date(time)));
  if (!all((date) => date.getTime() % 86_400_000 === 0)) return 'time';
  return times.length > 2 && all((date) => date.getUTCDate() === 1) ? 'month' : 'day';
}

export function chartWords(chosen: string, settings: ChartSettings, columns: Column[], data: ChartData): ChartWords {
  const language = chosen === 'en' ? 'en-GB' : chosen;
  const number = (options: Intl.NumberFormatOptions) => new Intl.NumberFormat(language, options);
  const compact = number({ notation: 'compact', maximumFractionDigits: 1 });
  const small = number({ maximumSignificantDigits: 3 });
  const plain = [number({ maximumFractionDigits: 0 }), number({ maximumFractionDigits: 1 }), number({ maximumFractionDigits: 3 })] as const;
  const date = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' });
  const day = date({ day: 'numeric', month: 'short' });
  const units: Record<TimeUnit, Intl.DateTimeFormat> = {
    minute: date({ hour: '2-digit', minute: '2-digit' }),
    hour: date({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }),
    day,
    month: date({ month: 'short', year: 'numeric' }),
    year: date({ year: 'numeric' }),
  };
  const column = columns.find((one) => one.name === settings.x);
  const role = column && roleOf(column.type);
  const whole = {
    month: date({ month: 'long', year: 'numeric' }), day: date({ dateStyle: 'medium' }), time: date({ dateStyle: 'medium', timeStyle: 'short' }),
  }[role === 'time' ? grain(data) : 'day'];
  const exact = (value: string | number) => {
    if (!Number.isFinite(Number(value))) return String(value);
    const decimals = typeof value === 'string' && !/e/i.test(value) ? Math.min(DIGITS, value.split('.')[1]?.length ?? 0) : 0;
    return number({ minimumFractionDigits: decimals, maximumFractionDigits: DIGITS }).format(value as number);
  };
  return {
    exact,
    tick: (value, most) => {
      if (most >= 100_000) return compact.format(value);
      if (value !== 0 && Math.abs(value) < 1) return small.format(value);
      return plain[most >= 1000 ? 0 : most >= 10 ? 1 : 2].format(value);
    },
    x: (value) => {
      if (value === null) return '∅';
      const millis = role === 'time' ? moment(value.replace(' ', 'T')) : null;
      if (millis !== null) return whole.format(millis);
      return role === 'number' && !isOrdinal(column!.name) ? exact(value) : value;
    },
    time: (millis, unit) => units[unit].format(millis),
  };
}
