import { describe, expect, it } from 'vitest';
import type { Column, Row } from '../../api/statements';
import type { ChartSettings } from './choice';
import { amount, chartData, extremes, MAX_BARS, MAX_SERIES, moment } from './series';

const columns: Column[] = [
  { name: 'day', type: 'DATE' },
  { name: 'shop', type: 'VARCHAR' },
  { name: 'sum', type: 'DECIMAL(38,2)' },
  { name: 'n', type: 'BIGINT' },
];
const bars: ChartSettings = { kind: 'bar', x: 'shop', y: ['sum'], split: null, sort: 'rows' };
const ys = (rows: Row[], settings: ChartSettings = bars) => chartData(settings, columns, rows).series.map(({ points }) => points.map((point) => point.y));

describe('values', () => {
  it('nulls and what is no number are gaps, never zeros', () => {
    expect([null, undefined, '', 'NaN', 'Infinity', '-Infinity', true, {}, []].map(amount)).toEqual(Array(9).fill(null));
    expect([0, '0.00', '-1.50', '12345678901234567890'].map(amount)).toEqual([0, 0, -1.5, Number('12345678901234567890')]);
    expect(ys([['2025-01-01', 'a', null, 1], ['2025-01-01', 'b', '0.00', 1]])).toEqual([[null, 0]]);
  });
  it('keep their digits for what is written', () => {
    const data = chartData(bars, columns, [['2025-01-01', 'a', '123456789012345678901234567890.12', 1]]);
    expect(data.series[0]!.points[0]!.exact).toBe('123456789012345678901234567890.12');
  });
  it('times without a zone count as UTC', () => {
    expect(moment('2025-01-02')).toBe(Date.UTC(2025, 0, 2));
    expect(moment('2025-01-02T03:04')).toBe(Date.UTC(2025, 0, 2, 3, 4));
    expect(moment('2025-01-02T03:04:05.123456')).toBe(Date.UTC(2025, 0, 2, 3, 4, 5, 123));
    expect(moment('2025-01-02T03:04:05Z')).toBe(Date.UTC(2025, 0, 2, 3, 4, 5));
    expect(['infinity', '', null, 7].map(moment)).toEqual([null, null, null, null]);
  });
});

describe('series', () => {
  const rows: Row[] = [
    ['2025-01-02', 'a', '2', 20],
    ['2025-01-01', 'a', '1', 10],
    ['2025-01-01', 'b', '3', 30],
    ['2025-01-01', 'b', '4', 40],
  ];
  it('lines go along time', () => {
    const data = chartData({ ...bars, kind: 'line', x: 'day' }, columns, rows);
    expect(data.axis).toBe('time');
    expect(data.series[0]!.points.map((point) => point.x)).toEqual(['2025-01-01', '2025-01-01', '2025-01-01', '2025-01-02']);
  });
  it('without a split each row is a bar, in the order asked for', () => {
    expect(ys(rows)).toEqual([[2, 1, 3, 4]]);
    expect(ys(rows, { ...bars, sort: 'down' })).toEqual([[4, 3, 2, 1]]);
    expect(ys(rows, { ...bars, sort: 'up' })).toEqual([[1, 2, 3, 4]]);
    expect(chartData({ ...bars, x: 'n', sort: 'x' }, columns, [['', '', '1', 10], ['', '', '2', 9]]).categories).toEqual(['9', '10']);
  });
  it('a split makes a series of each value; what falls together is added, and said so', () => {
    const data = chartData({ ...bars, x: 'day', split: 'shop' }, columns, rows);
    expect(data.series.map((series) => [series.name, series.points.map((point) => point.y)])).toEqual([['a', [2, 1]], ['b', [null, 7]]]);
    expect(data.added).toBe(true);
    expect(chartData({ ...bars, x: 'day', split: 'shop' }, columns, rows.slice(0, 3)).added).toBe(false);
  });
  it('several columns stand side by side', () => {
    expect(ys(rows, { ...bars, y: ['sum', 'n'] })).toEqual([[2, 1, 3, 4], [20, 10, 30, 40]]);
  });
  it('only so many bars and series are drawn, and it is said', () => {
    const many = Array.from({ length: 250 }, (_, at): Row => ['2025-01-01', `s${at}`, String(at), at]);
    expect(chartData(bars, columns, many).bars).toEqual({ drawn: MAX_BARS, of: 250 });
    const split = chartData({ ...bars, x: 'day', split: 'shop' }, columns, many);
    expect(split.left).toEqual({ drawn: MAX_SERIES, of: 250 });
    expect(split.series.map((series) => series.name)).toContain('s249');
  });
  it('names the extremes', () => {
    const ends = extremes(chartData(bars, columns, rows))!;
    expect([ends.high.y, ends.high.x, ends.low.y, ends.count]).toEqual([4, 'b', 1, 4]);
    expect(extremes(chartData(bars, columns, [['2025-01-01', 'a', null, 1]]))).toBeNull();
  });
});
