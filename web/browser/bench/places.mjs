// Every page, tab and dialog of the workspace. Pages and tabs are found by looking, so that a new one is visited too;
// dialogs are opened as a person would.
import { Buffer } from 'node:buffer';
import { drop, filled, run } from '../support.mjs';

const CSV = 'date;magasin;montant;note\n2025-01-02;Lyon;12,50;ok\n2025-01-03;Brest;7,20;\n2025-01-04;Lyon;inconnu;tard\n';

async function settled(page) {
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => document.querySelector('[role=status]') === null);
}

/** Dialogs and states of the SQL page. */
async function sqlPlaces(page, t, table, at) {
  await page.locator('.cm-content').waitFor();
  await settled(page);
  await at('sql');
  await run(page, `SELECT * FROM ${table}`);
  await page.getByRole('gridcell').first().waitFor({ timeout: 60000 });
  await settled(page);
  await at('sql, result');
  const cells = page.getByRole('gridcell');
  await cells.nth((await cells.count()) > 1 ? 1 : 0).dblclick();
  await page.getByRole('dialog').waitFor();
  await at('sql, reader');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await run(page, `SELECT no_such_column FROM ${table}`);
  await page.getByRole('alert').waitFor();
  await at('sql, error');
  await page.getByRole('button', { name: t.sql.history.title }).click();
  await page.getByRole('dialog').waitFor();
  await settled(page);
  await at('sql, history');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').waitFor();
  await settled(page);
  await at('palette');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

async function tabs(page, name, at) {
  const found = page.locator('main').getByRole('tab');
  for (let index = 0; index < (await found.count()); index++) {
    if (await found.nth(index).isDisabled()) continue;
    await found.nth(index).click();
    await settled(page);
    await at(`${name}, tab ${index + 1}`);
  }
}

async function loadDialog(page, t, at) {
  await page.getByRole('button', { name: t.data.drop.title }).first().waitFor();
  await drop(page, `button:has-text("${t.data.drop.title}")`, 'Ventes 2025.csv', Buffer.from(CSV));
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('rowheader', { name: 'montant' }).waitFor();
  await dialog.getByLabel(filled(t.load.typeOf, { name: 'montant' })).first().click();
  await page.getByRole('option').first().waitFor();
  await at('load, types');
  await page.keyboard.press('Escape');
  await at('load');
}

/** Goes everywhere and calls `at` with the name of each place. */
export async function everywhere({ page, origin, t, table }, at) {
  await page.getByRole('navigation').waitFor();
  // A page takes the whole way again, so that none depends on what the one before it left open.
  const paths = await page.getByRole('navigation').first().getByRole('link').evaluateAll((links) => links.map((link) => new URL(link.href).pathname));
  await page.goto(`${origin}/sql`);
  await sqlPlaces(page, t, table, at);
  for (const path of new Set([...paths.filter((one) => one !== '/' && one !== '/sql'), '/welcome'])) {
    await page.goto(origin + path);
    await page.getByRole('main').waitFor();
    await settled(page);
    await at(path);
    await tabs(page, path, at);
  }
  const parts = table.split(/\.(?=(?:[^"]*"[^"]*")*[^"]*$)/).map((part) => encodeURIComponent(part.replace(/^"|"$/g, '').replaceAll('""', '"')));
  await page.goto(`${origin}/data/${parts.join('/')}`);
  await page.locator('main').getByRole('tab').first().waitFor();
  await settled(page);
  await at('table');
  await tabs(page, 'table', at);
  await page.goto(`${origin}/data`);
  await loadDialog(page, t, at);
}
