import type { Column, Row } from '../../api/statements';
import { numeric } from '../values';

export const KINDS = ['bar', 'line', 'area', 'scatter', 'figure'] as const;
export type ChartKind = (typeof KINDS)[number];
export const SORTS = ['rows', 'x', 'down', 'up'] as const;
export type ChartSort = (typeof SORTS)[number];

/** Columns are named, so that the choice outlives the statement. Without x, rows are counted. */
export type ChartSettings = { kind: ChartKind; x: string | null; y: string[]; split: string | null; sort: ChartSort };

/** What is kept with a tab or a saved query: whether its result is shown as a chart, and how; without settings, as fits best. */
export type ChartChoice = { shown: boolean; settings: ChartSettings | null };

export type Role = 'time' | 'number' | 'category' | 'other';

export function roleOf(type: string): Role {
  if (numeric(type)) return 'number';
  if (/^(DATE|TIMESTAMP)/.test(type)) return 'time';
  if (/[[(]|^(STRUCT|MAP|UNION|JSON|VARIANT|BLOB)/.test(type) && !type.startsWith('ENUM')) return 'other';
  return 'category';
}

export function isOrdinal(name: string): boolean {
  return /^(year|month|week|quarter|day|hour|ann[ée]e|an|mois|semaine|trimestre|jour|heure)s?$/i.test(name);
}

const isKey = (name: string) => /(^|_)(id|key|code)$/i.test(name);

function distinct(rows: Row[], at: number): number {
  return new Set(rows.map((row) => String(row[at]))).size;
}

/** The numbers worth drawing: keys only where there is nothing else. */
function measures(columns: Column[]): Column[] {
  const numbers = columns.filter((column) => roleOf(column.type) === 'number');
  const worth = numbers.filter((column) => !isKey(column.name) && !isOrdinal(column.name));
  return worth.length > 0 ? worth : numbers;
}

/** Splits where x repeats and a column of few values tells its rows apart. */
function splitFor(columns: Column[], rows: Row[], x: Column): string | null {
  if (distinct(rows, columns.indexOf(x)) === rows.length) return null;
  const found = columns.find(
    (column, at) => column !== x && roleOf(column.type) === 'category' && distinct(rows, at) > 1 && distinct(rows, at) <= 12,
  );
  return found?.name ?? null;
}

/** The chart that fits these columns best, or null where there is no number to draw. */
export function automatic(columns: Column[], rows: Row[]): ChartSettings | null {
  const numbers = columns.filter((column) => roleOf(column.type) === 'number');
  const y = measures(columns)[0];
  if (!y) return null;
  const made = (kind: ChartKind, x: Column | undefined, more: Partial<ChartSettings> = {}): ChartSettings => ({
    kind, x: x?.name ?? null, y: [y.name], split: null, sort: 'rows', ...more,
  });
  if (rows.length === 1 && numbers.length === 1) return made('figure', undefined);
  const time = columns.find((column) => roleOf(column.type) === 'time');
  if (time) return made('line', time, { split: splitFor(columns, rows, time), sort: 'x' });
  const ordinal = numbers.find((column) => isOrdinal(column.name) && column !== y);
  if (ordinal) return made('line', ordinal, { split: splitFor(columns, rows, ordinal), sort: 'x' });
  const category = columns.find((column) => roleOf(column.type) === 'category');
  if (category) return made('bar', category, { split: splitFor(columns, rows, category) });
  const worth = measures(columns);
  if (worth.length > 1) return made('scatter', worth[0], { y: [worth[1]!.name] });
  const other = numbers.find((column) => column !== y);
  return other ? made('bar', other) : made('line', undefined);
}

/** The settings as far as these columns allow; null where they do not any more. */
export function fitted(settings: ChartSettings | null, columns: Column[]): ChartSettings | null {
  if (!settings || !KINDS.includes(settings.kind) || !Array.isArray(settings.y)) return null;
  const role = (name: string | null) => {
    const column = columns.find((one) => one.name === name);
    return column && roleOf(column.type);
  };
  const y = settings.y.filter((name) => role(name) === 'number');
  const x = settings.x;
  if (y.length === 0 || (x !== null && (role(x) ?? 'other') === 'other')) return null;
  const split = settings.split !== null && role(settings.split) !== undefined ? settings.split : null;
  return { kind: settings.kind, x, y, split: y.length === 1 ? split : null, sort: SORTS.includes(settings.sort) ? settings.sort : 'rows' };
}
