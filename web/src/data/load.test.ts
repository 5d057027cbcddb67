import { expect, it } from 'vitest';
import { sampleOf, tableFor } from './load';

it('makes a plain table name of any file name', () => {
  expect(tableFor('Ventes été 2025.xlsx', 'lake.default')).toBe('lake.default.ventes_ete_2025');
  expect(tableFor('2025.csv', 'lake.default')).toBe('lake.default.t_2025');
  expect(tableFor('<img src=x onerror=alert(1)>.csv', 'lake.default')).toBe('lake.default.img_src_x_onerror_alert_1');
  expect(tableFor('***.csv', 'lake.default')).toBe('lake.default.table');
});

it('a sample of a long file of lines ends with a line', async () => {
  const file = new File(['a,b\n'.repeat(2_000_000)], 'x.csv');
  const sample = await (await sampleOf(file)).text();
  expect(sample.length).toBeLessThanOrEqual(4 << 20);
  expect(sample.endsWith('\n')).toBe(true);
  const sheet = new File([new Uint8Array(5 << 20)], 'x.xlsx');
  expect((await sampleOf(sheet)).size).toBe(5 << 20);
});
