import type { Column, Row } from '../../api/statements';
import { textOf } from '../values';
import { isOrdinal, roleOf, type ChartSettings } from './choice';

export const MAX_ROWS = 10_000;
export const MAX_BARS = 100;
export const MAX_SERIES = 12;

/** `at` is where it stands on the x axis; `exact` has all digits of the value, for what is written. */
export type Point = { at: number; x: string | null; y: number | null; exact: string | null };
export type Series = { name: string; points: Point[] };
export type ChartData = {
  axis: 'time' | 'number' | 'category';
  /** Names along a category axis. */
  categories: (string | null)[];
  series: Series[];
  /** Whether numbers along x are written without grouping, as years are. */
  plainX: boolean;
  /** What is not drawn, or not as it stands in the rows. */
  bars: { drawn: number; of: number } | null;
  left: { drawn: number; of: number } | null;
  added: boolean;
};

/** A number near enough to draw; null for what is none. */
export function amount(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || value === '') return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

/** Milliseconds since 1970; times without a zone count as UTC, in which they are written again. */
export function moment(value: unknown): number | null {
  if (typeof value !== 'string') return null;
  const time = Date.parse(/^[+-]?\d+-\d\d-\d\d$/.test(value) || value.endsWith('Z') ? value : `${value}Z`);
  return Number.isNaN(time) ? null : time;
}

export function axisOf(settings: ChartSettings, columns: Column[]): ChartData['axis'] {
  if (settings.kind === 'bar') return 'category';
  const column = columns.find((one) => one.name === settings.x);
  const role = column ? roleOf(column.type) : 'number';
  return role === 'other' ? 'category' : role;
}

type Cell = { x: string | null; at: number | null; series: string; y: number | null; exact: string | null };

/** The rows as series to draw. */
export function chartData(settings: ChartSettings, columns: Column[], rows: Row[]): ChartData {
  const axis = axisOf(settings, columns);
  const index = (name: string | null) => columns.findIndex((column) => column.name === name);
  const xAt = index(settings.x);
  const splitAt = settings.split === null ? -1 : index(settings.split);
  const text = (row: Row, at: number) => textOf(row[at], columns[at]!.type);
  const cells: Cell[] = rows.flatMap((row, number) => {
    const x = xAt < 0 ? String(number + 1) : text(row, xAt);
    const at = xAt < 0 ? number + 1 : axis === 'time' ? moment(row[xAt]) : axis === 'number' ? amount(row[xAt]) : null;
    return settings.y.map((name) => {
      const value = row[index(name)];
      return { x, at, series: splitAt < 0 ? name : (text(row, splitAt) ?? '∅'), y: amount(value), exact: value == null ? null : String(value) };
    });
  });
  const names = [...new Set(cells.map((cell) => cell.series))];
  const kept = names.length <= MAX_SERIES ? names : largest(cells, names);
  const left = kept.length < names.length ? { drawn: kept.length, of: names.length } : null;
  const drawn = left ? cells.filter((cell) => kept.includes(cell.series)) : cells;
  const plainX = xAt >= 0 && isOrdinal(settings.x!);
  const rest = { axis, plainX, left };
  if (axis !== 'category') return { ...rest, categories: [], bars: null, added: false, series: continuous(drawn, kept, settings) };
  return { ...rest, ...byCategory(drawn, kept, settings, splitAt >= 0) };
}

function total(cells: Cell[], name: string): number {
  return cells.reduce((sum, cell) => (cell.series === name ? sum + Math.abs(cell.y ?? 0) : sum), 0);
}

function largest(cells: Cell[], names: string[]): string[] {
  const sums = new Map(names.map((name) => [name, total(cells, name)]));
  const chosen = [...names].sort((one, other) => sums.get(other)! - sums.get(one)!).slice(0, MAX_SERIES);
  return names.filter((name) => chosen.includes(name));
}

function continuous(cells: Cell[], names: string[], settings: ChartSettings): Series[] {
  return names.map((name) => {
    const points = cells.filter((cell) => cell.series === name && cell.at !== null).map(({ x, at, y, exact }) => ({ x, at: at!, y, exact }));
    if (settings.kind !== 'scatter') points.sort((one, other) => one.at - other.at);
    return { name, points };
  });
}

const collator = new Intl.Collator(undefined, { numeric: true });

function byCategory(cells: Cell[], names: string[], settings: ChartSettings, split: boolean): Pick<ChartData, 'categories' | 'series' | 'bars' | 'added'> {
  // With a split, rows that share x stand side by side; without one, each row stands for itself.
  const groups: { x: string | null; cells: Map<string, Cell> }[] = [];
  const known = new Map<string | null, (typeof groups)[number]>();
  let added = false;
  cells.forEach((cell, number) => {
    const key = split ? cell.x : String(Math.floor(number / settings.y.length));
    let group = known.get(key);
    if (!group) {
      group = { x: cell.x, cells: new Map() };
      known.set(key, group);
      groups.push(group);
    }
    const before = group.cells.get(cell.series);
    if (before && before.y !== null && cell.y !== null) {
      added = true;
      const y = before.y + cell.y;
      group.cells.set(cell.series, { ...cell, y, exact: String(y) });
    } else if (!before || before.y === null) group.cells.set(cell.series, cell);
  });
  const value = (group: (typeof groups)[number]) => [...group.cells.values()].reduce((sum, cell) => sum + (cell.y ?? 0), 0);
  if (settings.sort === 'x') groups.sort((one, other) => collator.compare(one.x ?? '', other.x ?? ''));
  if (settings.sort === 'down') groups.sort((one, other) => value(other) - value(one));
  if (settings.sort === 'up') groups.sort((one, other) => value(one) - value(other));
  const most = settings.kind === 'bar' ? MAX_BARS : MAX_ROWS;
  const shown = groups.slice(0, most);
  return {
    categories: shown.map((group) => group.x),
    bars: shown.length < groups.length ? { drawn: shown.length, of: groups.length } : null,
    added,
    series: names.map((name) => ({
      name,
      points: shown.map((group, at) => {
        const cell = group.cells.get(name);
        return { at, x: group.x, y: cell?.y ?? null, exact: cell?.exact ?? null };
      }),
    })),
  };
}

export type Extreme = Point & { series: string };

/** The highest and the lowest point, for those who cannot see them. */
export function extremes(data: ChartData): { high: Extreme; low: Extreme; count: number } | null {
  const points: Extreme[] = data.series.flatMap(({ name, points }) => points.filter((point) => point.y !== null).map((point) => ({ ...point, series: name })));
  const [first] = points;
  if (!first) return null;
  return {
    high: points.reduce((most, point) => (point.y! > most.y! ? point : most), first),
    low: points.reduce((least, point) => (point.y! < least.y! ? point : least), first),
    count: points.length,
  };
}
