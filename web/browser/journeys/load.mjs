import assert from 'node:assert/strict';
import { accessible, drop, filled, PAYLOADS } from '../support.mjs';

const csv = ['date;magasin;montant;note', '2025-01-02;Lyon;12,50;ok', '2025-01-03;Brest;7,20;', '2025-01-04;Lyon;inconnu;tard']
  .concat(PAYLOADS.map((payload, at) => `2025-02-0${at + 1};"${payload.replaceAll('"', '""')}";${at},10;x`))
  .join('\n');

/** From an empty installation to a table: a file by drag and drop, a type corrected, the rejected row shown. */
export async function load({ page, server, language, t, table }) {
  if (language === 'en') {
    await page.getByRole('heading', { name: t.welcome.title }).waitFor();
    await accessible(page, 'first run');
  } else {
    await page.goto(`${server.origin}/data`);
    await page.getByRole('heading', { name: t.data.title, exact: true }).waitFor();
    await accessible(page, 'data');
  }
  await page.getByRole('button', { name: t.data.drop.title }).waitFor();
  await drop(page, `button:has-text("${t.data.drop.title}")`, `Ventes ${language}.csv`, csv);
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(filled(t.load.nameOf, { name: 'montant' })).waitFor();
  assert.equal(await dialog.getByLabel(t.load.table, { exact: true }).inputValue(), table);
  await accessible(page, 'load');
  const type = dialog.getByLabel(filled(t.load.typeOf, { name: 'montant' }));
  assert.equal(await type.inputValue(), 'VARCHAR');
  await type.selectOption('DECIMAL(18,2)');
  await dialog.getByText(filled(t.load.misfits_one, { shown: '1' })).waitFor();
  await dialog.getByRole('button', { name: t.load.submit, exact: true }).click();
  await dialog.getByRole('heading', { name: filled(t.load.rejects_one, { shown: '1' }) }).waitFor();
  await dialog.getByRole('cell', { name: 'inconnu', exact: true }).waitFor();
  await accessible(page, 'loaded');
  await dialog.getByRole('button', { name: t.load.query }).click();
}
