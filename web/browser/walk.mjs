// The journeys of a person, in each language, in a real browser against the real server.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { launch, open } from './chromium.mjs';
import { start } from './server.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const words = (language) => {
  const read = (area) => JSON.parse(readFileSync(new URL(`../src/locales/${language}/${area}.json`, import.meta.url), 'utf8'));
  return { ...read('shell'), sql: read('sql'), data: read('data') };
};
const PAYLOADS = [
  '<img src=x onerror="window.ran=1">',
  '<script>window.ran=1</script>',
  '"><svg/onload=window.ran=1>',
  'javascript:window.ran=1',
  '{{constructor.constructor("window.ran=1")()}}',
  "'-window.ran=1-'",
];
const csv = ['date;magasin;montant;note', '2025-01-02;Lyon;12,50;ok', '2025-01-03;Brest;7,20;', '2025-01-04;Lyon;inconnu;tard']
  .concat(PAYLOADS.map((payload, at) => `2025-02-0${at + 1};"${payload.replaceAll('"', '""')}";${at},10;x`))
  .join('\n');

async function accessible(page, where) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] }));
  const serious = violations.filter((one) => one.impact === 'serious' || one.impact === 'critical');
  assert.deepEqual(serious.map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`), [], where);
}

async function drop(page, selector, name, text) {
  const transfer = await page.evaluateHandle(
    ([fileName, content]) => {
      const data = new DataTransfer();
      data.items.add(new File([content], fileName, { type: 'text/csv' }));
      return data;
    },
    [name, text],
  );
  await page.dispatchEvent(selector, 'dragover', { dataTransfer: transfer });
  await page.dispatchEvent(selector, 'drop', { dataTransfer: transfer });
}

async function write(page, text) {
  await page.locator('.cm-content').fill(text);
  await page.keyboard.press('Escape');
}

async function ran(page) {
  return page.evaluate(() => window.ran !== undefined);
}

async function walk(browser, server, link, language, theme) {
  const t = words(language);
  const { page, context, errors } = await open(browser, link, { language, theme });
  const table = `lake.default.ventes_${language}`;
  if (language === 'en') {
    // An empty installation leads to the first run.
    await page.getByRole('heading', { name: t.welcome.title }).waitFor();
    await accessible(page, 'first run');
  } else {
    await page.goto(`${server.origin}/data`);
    await page.getByRole('heading', { name: t.data.title, exact: true }).waitFor();
    await accessible(page, 'data');
  }

  // Load a file by drag and drop, correct a type; the row that contradicts it is rejected and shown.
  const dropZone = page.getByRole('button', { name: t.data.drop.title });
  await dropZone.waitFor();
  await drop(page, `button:has-text("${t.data.drop.title}")`, `Ventes ${language}.csv`, csv);
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('rowheader', { name: 'montant' }).waitFor();
  assert.equal(await dialog.getByLabel(t.data.load.table, { exact: true }).inputValue(), table);
  await accessible(page, 'load');
  const type = dialog.getByLabel(t.data.load.typeOf.replace('{{name}}', 'montant')).first();
  assert.equal(await type.inputValue(), 'varchar');
  await type.click();
  await page.getByRole('option', { name: 'decimal(18,2)' }).click();
  await page.waitForFunction(() => document.querySelector('[aria-busy=false]'));
  await dialog.getByRole('button', { name: t.data.load.submit, exact: true }).click();
  await dialog.getByRole('heading', { name: t.data.load.rejects_one.replace('{{shown}}', '1') }).waitFor();
  await dialog.getByText(/inconnu/).waitFor();
  await accessible(page, 'loaded');

  // Query it.
  await dialog.getByRole('button', { name: t.data.load.query }).click();
  await page.locator('.cm-content').waitFor();
  await write(page, `select magasin, sum(montant) as total, null as nothing\nfrom ${table}\ngroup by all order by total desc`);
  await page.keyboard.press('Control+Enter');
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
  await write(page, `select magasin,\n  montnat\nfrom ${table}`);
  await page.keyboard.press('Control+Enter');
  const alert = page.getByRole('alert');
  await alert.waitFor();
  assert.match(await alert.textContent(), new RegExp(t.sql.errors.atLine.replace('{{line}}', '2').replace('{{what}}', t.sql.errors.COLUMN_NOT_FOUND)));
  await page.locator('.cm-lintRange-error').waitFor();
  await accessible(page, 'error');
  await alert.getByRole('button', { name: 'montant' }).click();
  await page.keyboard.press('Control+Enter');
  await page.getByRole('gridcell', { name: '12.50' }).waitFor();

  // Cancel what takes long.
  await write(page, 'select count(*) from range(100000000) a, range(100000) b where a.range + b.range = 7');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('button', { name: t.sql.cancel }).first().click();
  await page.getByText(t.sql.cancelled).waitFor({ timeout: 20000 });

  // History.
  await page.getByRole('button', { name: t.sql.history.title }).click();
  await page.getByRole('dialog').getByText('montnat').first().waitFor();
  await accessible(page, 'history');
  await page.keyboard.press('Escape');

  // The table's page: sample, columns, versions, and back in time.
  await write(page, `insert into ${table} (magasin, montant) values ('Nantes', 99.00)`);
  await page.keyboard.press('Control+Enter');
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
  await page.getByRole('button', { name: t.data.travel.goTo.replace('{{version}}', '1') }).click();
  await page.getByRole('gridcell', { name: 'Brest' }).waitFor();
  assert.equal(await page.getByText('Nantes').count(), 0);
  await accessible(page, 'an older version');
  assert.equal(await ran(page), false, 'something ran as script');

  // Narrow: nothing is wider than the screen.
  await page.setViewportSize({ width: 390, height: 844 });
  for (const path of ['/sql', '/data', '/welcome']) {
    await page.goto(server.origin + path);
    await page.getByRole('main').waitFor();
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 390), `${path} is wider than the screen`);
    await accessible(page, `${path}, narrow`);
  }
  assert.deepEqual(errors, []);
  await context.close();
}

/** Without a session there is nothing but the page that asks for the token; a link works once. */
async function doors(browser, server, link, token) {
  const { page, context } = await open(browser, link);
  await page.getByLabel('Token').first().waitFor();
  await accessible(page, 'sign-in');
  await page.locator('input').first().fill('wrong');
  await page.keyboard.press('Enter');
  await page.getByText(words('en').signin.wrong).waitFor();
  await page.locator('input').first().fill(token);
  await page.keyboard.press('Enter');
  await page.getByRole('navigation').waitFor();
  const cookies = await context.cookies();
  assert.ok(cookies.every((cookie) => cookie.httpOnly && cookie.sameSite === 'Strict'));
  assert.equal(await page.evaluate(() => document.cookie), '');
  const status = await page.evaluate(async () => (await fetch('/api/v1/sql', { method: 'POST', body: '{"statement":"select 1"}' })).status);
  assert.equal(status, 403, 'an unsafe request without the CSRF token');
  await context.close();
}

const server = await start();
const browser = await launch();
try {
  const { token } = JSON.parse(readFileSync(`${server.data}/server.json`, 'utf8'));
  await walk(browser, server, server.link, 'en', 'light');
  await doors(browser, server, server.link, token);
  // Another link, as a program asks for it.
  const answer = await fetch(`${server.origin}/api/v1/signin-link`, { method: 'POST', headers: { Authorization: `Bearer ${token}` } });
  await walk(browser, server, server.origin + (await answer.json()).path, 'fr', 'dark');
  console.log('the walk in both languages passed');
} finally {
  await browser.close();
  await server.stop();
}
