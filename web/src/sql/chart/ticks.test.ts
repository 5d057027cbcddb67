import { expect, it } from 'vitest';
import { timeTicks } from './ticks';

const iso = (from: string, to: string) => {
  const { at, unit } = timeTicks(Date.parse(from), Date.parse(to), 6);
  return [unit, ...at.map((time) => new Date(time).toISOString().slice(0, unit === 'minute' ? 16 : 10))];
};

it('times along an axis are round', () => {
  expect(iso('2023-01-01T00:00:00Z', '2025-12-01T00:00:00Z')).toEqual(['month', '2023-01-01', '2023-07-01', '2024-01-01', '2024-07-01', '2025-01-01', '2025-07-01']);
  expect(iso('2025-01-15T10:00:00Z', '2025-06-15T00:00:00Z')).toEqual(['month', '2025-02-01', '2025-03-01', '2025-04-01', '2025-05-01', '2025-06-01']);
  expect(iso('2025-01-01T00:00:00Z', '2025-01-05T00:00:00Z')).toEqual(['day', '2025-01-01', '2025-01-02', '2025-01-03', '2025-01-04', '2025-01-05']);
  expect(iso('2025-01-01T10:03:00Z', '2025-01-01T12:00:00Z')).toEqual(['minute', '2025-01-01T10:30', '2025-01-01T11:00', '2025-01-01T11:30', '2025-01-01T12:00']);
  expect(iso('1850-03-01T00:00:00Z', '2020-01-01T00:00:00Z')).toEqual(['year', '1900-01-01', '1950-01-01', '2000-01-01']);
});

it('ends for any two times', () => {
  for (const [from, to] of [[0, 0], [0, 1], [-8.64e15, 8.64e15], [Date.UTC(-5000, 0), Date.UTC(9000, 0)]] as const) {
    expect(timeTicks(from, to, 6).at.length).toBeLessThanOrEqual(7);
  }
});
