import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { accessible, run } from '../support.mjs';

const FIRST = { csv: 'jour,valeur\r\n2025-01-01,1.50', xlsx: 'PK', parquet: 'PAR1' };

/** A result as a chart, which a reload keeps, and as a file of each kind. */
export async function results({ page, server, t }) {
  await page.goto(`${server.origin}/sql`);
  await page.locator('.cm-content').waitFor();
  await run(page, "select date '2025-01-01' + i::integer as jour, (i + 1.5)::decimal(10,2) as valeur\nfrom range(30) t(i)");
  await page.getByRole('gridcell', { name: '2025-01-01' }).waitFor();
  await page.getByRole('radiogroup').getByText(t.chart.chart, { exact: true }).click();
  const picture = page.locator('[role=img][data-kind]');
  await picture.waitFor();
  assert.equal(await picture.getAttribute('data-kind'), 'line');
  assert.match(await picture.getAttribute('aria-label'), /valeur.*jour.*30[.,]5.*1[.,]5/);
  await accessible(page, 'chart');

  await page.getByRole('combobox', { name: t.chart.kind }).click();
  await page.getByRole('option', { name: t.chart.kinds.bar, exact: true }).click();
  await page.locator('[data-kind=bar] svg').waitFor();
  await accessible(page, 'bars');
  await page.reload();
  await page.locator('[data-kind=bar] svg').waitFor();
  assert.equal(await page.getByRole('radio', { name: t.chart.chart }).isChecked(), true);

  for (const kind of ['PNG', 'SVG']) {
    const [saved] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: kind }).click()]);
    const bytes = readFileSync(await saved.path());
    assert.equal(kind === 'PNG' ? bytes.subarray(1, 4).toString() : bytes.subarray(0, 4).toString(), kind === 'PNG' ? 'PNG' : '<svg');
  }
  for (const [format, first] of Object.entries(FIRST)) {
    await page.getByRole('button', { name: t.chart.export.menu }).click();
    if (format === 'csv') await accessible(page, 'export menu');
    const item = page.getByRole('menuitem', { name: t.chart.export[format] });
    const [saved] = await Promise.all([page.waitForEvent('download'), item.click()]);
    assert.equal(saved.suggestedFilename(), `result.${format}`);
    assert.equal(readFileSync(await saved.path()).subarray(0, first.length).toString(), first);
  }
  await page.getByRole('radiogroup').getByText(t.chart.table, { exact: true }).click();
  await page.getByRole('gridcell', { name: '2025-01-01' }).waitFor();
}
