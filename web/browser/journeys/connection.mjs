import assert from 'node:assert/strict';
import { accessible, drop, filled, run, write } from '../support.mjs';

/** The server goes away and comes back: it is said, nothing typed is lost, and nothing runs for ever. */
export async function connection({ page, server, t }) {
  await page.goto(`${server.origin}/sql`);
  await page.locator('.cm-content').waitFor();
  await run(page, 'select count(*) from range(100000000) a, range(100000) b where a.range + b.range = 11');
  await page.getByRole('region', { name: t.jobs.title }).getByText('= 11').waitFor();
  await write(page, 'select 42 as kept -- typed before it stopped');
  await server.halt();
  await page.getByRole('alert').getByText(t.connection.lost).waitFor({ timeout: 20000 });
  await page.getByRole('button', { name: t.connection.now }).waitFor();
  await accessible(page, 'lost connection');
  await page.locator('.cm-content').press('Control+End');
  await page.keyboard.type(' and after');

  await server.resume();
  await page.getByText(t.connection.lost).waitFor({ state: 'detached', timeout: 30000 });
  assert.equal(await page.getByLabel(t.signin.token).count(), 0, 'the browser stays signed in');
  assert.match(await page.locator('.cm-content').textContent(), /typed before it stopped and after/);
  await page.getByText(t.sql.lost).waitFor();
  await page.getByRole('region', { name: t.jobs.title }).waitFor({ state: 'detached' });
  await page.keyboard.press('Control+Enter');
  await page.getByRole('gridcell', { name: '42' }).waitFor();

  // Offline while a file is sent.
  await page.goto(`${server.origin}/data`);
  await page.getByRole('button', { name: t.data.drop.title }).waitFor();
  await drop(page, `button:has-text("${t.data.drop.title}")`, 'Offline.csv', 'a,b\n1,2\n');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(filled(t.load.nameOf, { name: 'a' })).waitFor();
  await dialog.getByLabel(t.load.table, { exact: true }).fill(`lake.default.offline_${Date.now()}`);
  await page.waitForFunction(() => document.querySelector('[aria-busy=false]'));
  await page.route(/\/load\?.*dry_run=false/, (route) => route.abort('internetdisconnected'));
  await dialog.getByRole('button', { name: t.load.submit, exact: true }).click();
  await dialog.getByText(t.load.lost).waitFor();
  await page.unroute(/\/load\?.*dry_run=false/);
  await dialog.getByRole('button', { name: t.load.again }).click();
  await dialog.getByText(filled(t.load.done_one, { shown: '1', table: '' }).split('.')[0].trim().slice(0, 12)).waitFor();
  await page.keyboard.press('Escape');
}
