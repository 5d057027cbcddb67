import { accessible, filled, run } from '../support.mjs';

/** The table's page: sample, columns, versions, and back in time. */
export async function table({ page, t, language, table: name }) {
  await run(page, `insert into ${name} (magasin, montant) values ('Nantes', 99.00)`);
  await page.getByTestId('facts').getByText(/1/).waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill(`ventes_${language}`);
  await page.getByRole('option').filter({ hasText: `ventes_${language}` }).first().waitFor();
  await accessible(page, 'palette');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: `ventes_${language}` }).waitFor();
  await page.getByText('Nantes').waitFor();
  await accessible(page, 'sample');
  await page.getByRole('tab', { name: t.data.tabs.columns }).click();
  await page.getByRole('rowheader', { name: 'montant' }).waitFor();
  await accessible(page, 'columns');
  await page.getByRole('tab', { name: t.data.tabs.history }).click();
  await page.getByRole('button', { name: filled(t.table.travel.goTo, { version: '1' }) }).click();
  await page.getByRole('gridcell', { name: 'Brest' }).waitFor();
  await page.getByText('Nantes').waitFor({ state: 'detached' });
  await accessible(page, 'an older version');
}
