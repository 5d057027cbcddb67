import assert from 'node:assert/strict';
import { accessible, filled, PAYLOADS, ran, run } from '../support.mjs';

/** Query, reload, break it, mend it, cancel what takes long, look into the history. */
export async function query({ page, t, table }) {
  await page.locator('.cm-content').waitFor();
  await run(page, `select magasin, sum(montant) as total, null as nothing\nfrom ${table}\ngroup by all order by total desc`);
  await page.getByRole('gridcell', { name: '12.50' }).waitFor();
  assert.match(await page.getByTestId('facts').textContent(), new RegExp(`8.${t.sql.facts.rows_other.replace('{{shown}} ', '')}`));
  assert.equal(await page.getByRole('gridcell', { name: 'null' }).first().textContent(), '∅');
  await page.getByText(PAYLOADS[0]).waitFor();
  assert.equal(await ran(page), false, 'a cell ran as script');
  await page.getByText(PAYLOADS[0]).dblclick();
  await page.getByRole('dialog').getByText(PAYLOADS[0]).waitFor();
  await page.keyboard.press('Escape');
  await accessible(page, 'result');

  // What was typed survives a reload, and so does the result.
  await page.reload();
  await page.getByRole('gridcell', { name: '12.50' }).waitFor();
  assert.match(await page.locator('.cm-content').textContent(), /sum\(montant\)/);

  // Break it and read the error at its line; the mend is one click away.
  await run(page, `select magasin,\n  montnat\nfrom ${table}`);
  const alert = page.getByRole('alert');
  await alert.waitFor();
  assert.match(await alert.textContent(), new RegExp(filled(t.sql.errors.atLine, { line: '2', what: t.errors.COLUMN_NOT_FOUND.title })));
  await page.locator('.cm-lintRange-error').waitFor();
  await accessible(page, 'error');
  await alert.getByRole('button', { name: 'montant' }).click();
  await page.keyboard.press('Control+Enter');
  await page.getByRole('gridcell', { name: '12.50' }).waitFor();

  // Cancel what takes long.
  await run(page, 'select count(*) from range(100000000) a, range(100000) b where a.range + b.range = 7');
  await page.getByRole('button', { name: t.sql.cancel }).first().click();
  await page.getByText(t.sql.cancelled).waitFor({ timeout: 20000 });

  await page.getByRole('button', { name: t.sql.history.title }).click();
  await page.getByRole('dialog').getByText('montnat').first().waitFor();
  await accessible(page, 'history');
  await page.keyboard.press('Escape');
}
