import { describe, expect, it } from 'vitest';
import type { Column, Row } from '../../api/statements';
import { automatic, fitted, roleOf, type ChartSettings } from './choice';

const columns = (...given: [string, string][]): Column[] => given.map(([name, type]) => ({ name, type }));
const shop = columns(['shop', 'VARCHAR'], ['turnover', 'DECIMAL(18,2)']);

describe('the automatic choice', () => {
  it('draws numbers over time as a line', () => {
    const chosen = automatic(columns(['day', 'DATE'], ['n', 'BIGINT']), [['2025-01-01', 1], ['2025-01-02', 2]]);
    expect(chosen).toEqual({ kind: 'line', x: 'day', y: ['n'], split: null, sort: 'x' });
  });
  it('splits a line where dates repeat and another column tells them apart', () => {
    const rows: Row[] = [['2025-01-01', 'a', 1], ['2025-01-01', 'b', 2]];
    expect(automatic(columns(['day', 'TIMESTAMP WITH TIME ZONE'], ['shop', 'VARCHAR'], ['n', 'INTEGER']), rows)?.split).toBe('shop');
  });
  it('draws a number of each name as bars', () => {
    expect(automatic(shop, [['Lyon', '1.50'], ['Brest', '2.00']])).toEqual({ kind: 'bar', x: 'shop', y: ['turnover'], split: null, sort: 'rows' });
  });
  it('draws two numbers as points', () => {
    expect(automatic(columns(['price', 'DOUBLE'], ['weight', 'FLOAT']), [[1, 2], [3, 4]])).toMatchObject({ kind: 'scatter', x: 'price', y: ['weight'] });
  });
  it('takes years for time, and keys for no measure', () => {
    expect(automatic(columns(['year', 'BIGINT'], ['n', 'BIGINT']), [[2024, 1], [2025, 2]])).toMatchObject({ kind: 'line', x: 'year', y: ['n'] });
    expect(automatic(columns(['shop_id', 'INTEGER'], ['n', 'BIGINT']), [[1, 5], [2, 6]])).toMatchObject({ kind: 'bar', x: 'shop_id', y: ['n'] });
  });
  it('shows one row with one number as a figure', () => {
    expect(automatic(columns(['n', 'HUGEINT']), [['12345678901234567890']])).toMatchObject({ kind: 'figure', y: ['n'] });
  });
  it('counts rows where there is nothing else', () => {
    expect(automatic(columns(['n', 'BIGINT']), [[1], [2]])).toMatchObject({ kind: 'line', x: null });
  });
  it('has none without a number', () => {
    expect(automatic(columns(['a', 'VARCHAR'], ['b', 'DATE'], ['c', 'STRUCT(n INTEGER)']), [['x', '2025-01-01', null]])).toBeNull();
  });
});

describe('kept settings', () => {
  const kept: ChartSettings = { kind: 'area', x: 'shop', y: ['turnover', 'gone'], split: 'nothing', sort: 'down' };
  it('hold for what is still there', () => {
    expect(fitted(kept, shop)).toEqual({ ...kept, y: ['turnover'], split: null });
  });
  it('give way where their columns are gone or no numbers any more', () => {
    expect(fitted(kept, columns(['shop', 'VARCHAR'], ['turnover', 'VARCHAR']))).toBeNull();
    expect(fitted(kept, columns(['town', 'VARCHAR'], ['turnover', 'DOUBLE']))).toBeNull();
  });
  it('may be anything, as they come from a store', () => {
    for (const odd of [{}, { kind: 'pie', y: ['turnover'] }, { kind: 'bar', y: 'turnover' }, { kind: 'bar', y: [], x: null }]) {
      expect(fitted(odd as unknown as ChartSettings, shop)).toBeNull();
    }
    expect(fitted({ kind: 'bar', x: null, y: ['turnover'] } as unknown as ChartSettings, shop)).toEqual({ kind: 'bar', x: null, y: ['turnover'], split: null, sort: 'rows' });
  });
});

it('types have their roles', () => {
  expect(['DATE', 'TIMESTAMP', 'TIMESTAMP WITH TIME ZONE', 'TIMESTAMP_NS'].every((type) => roleOf(type) === 'time')).toBe(true);
  expect(['INTEGER', 'DECIMAL(18,2)', 'HUGEINT'].every((type) => roleOf(type) === 'number')).toBe(true);
  expect(['VARCHAR', 'BOOLEAN', 'UUID', 'TIME', "ENUM('a', 'b')"].every((type) => roleOf(type) === 'category')).toBe(true);
  expect(['INTEGER[]', 'STRUCT(a DATE)', 'MAP(VARCHAR, INTEGER)', 'JSON', 'BLOB'].every((type) => roleOf(type) === 'other')).toBe(true);
});
