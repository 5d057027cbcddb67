// xss_ran: payloads that ran, wherever a value of somebody else is shown.
import { createServer } from 'node:http';
import { drop, SUITE, run, words } from '../support.mjs';
import { figure, note } from './figures.mjs';
import { everywhere } from './places.mjs';

const quoted = (text) => `"${text.replaceAll('"', '""')}"`;
const literal = (text) => `'${text.replaceAll("'", "''")}'`;
const SCHEMA = 'lake.hostile';

/** A model that answers with payloads. */
async function model() {
  let at = 0;
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify({
        id: 'x', object: 'chat.completion', created: 0, model: 'evil', usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
        data: [{ id: 'evil', object: 'model' }],
        choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: SUITE[at++ % SUITE.length] } }],
      }));
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}/v1`, close: () => new Promise((resolve) => server.close(resolve)) };
}

/** Tables whose names, columns, comments and cells are payloads. What the server refuses as a name is left out and counted. */
async function plant(site) {
  await site.sql(`CREATE SCHEMA IF NOT EXISTS ${SCHEMA}`);
  await site.sql(`CREATE OR REPLACE TABLE ${SCHEMA}.cells AS SELECT * FROM (VALUES ${SUITE.map((text, at) => `(${at}, ${literal(text)})`).join(', ')}) AS v(id, payload)`);
  const refused = [];
  const names = [];
  for (const text of SUITE) {
    try {
      await site.sql(`CREATE OR REPLACE TABLE ${SCHEMA}.${quoted(text)} AS SELECT 1 AS ${quoted(text)}, ${literal(text)} AS payload`);
      await site.sql(`COMMENT ON TABLE ${SCHEMA}.${quoted(text)} IS ${literal(text)}`);
      names.push(text);
    } catch (error) {
      refused.push(`${text}: ${String(error.message).slice(0, 120)}`);
    }
  }
  // Columns may be called what a table may not.
  const columns = SUITE.filter((text) => !names.includes(text));
  if (columns.length > 0) {
    await site.sql(`CREATE OR REPLACE TABLE ${SCHEMA}.columns AS SELECT ${columns.map((text) => `${literal(text)} AS ${quoted(text)}`).join(', ')}`).catch((error) => refused.push(String(error.message).slice(0, 200)));
  }
  return { names, refused };
}

export async function hostile(browser, site) {
  const { names, refused } = await plant(site);
  if (refused.length > 0) note(`xss: ${refused.length} names were refused by the server, for example ${refused[0]}`);
  const evil = await model();
  const t = words('en');
  const { page, context, errors } = await site.page(browser);
  let ran = 0;
  let places = 0;
  const at = async (where) => {
    places += 1;
    const times = await page.evaluate(() => {
      const seen = window.ran === undefined ? 0 : 1;
      delete window.ran;
      return seen;
    });
    ran += times;
    if (times > 0) note(`xss: a payload ran at ${where}`);
  };
  page.on('dialog', (dialog) => {
    ran += 1;
    void dialog.dismiss();
  });
  try {
    await everywhere({ page, origin: site.origin, t, table: `${SCHEMA}.cells` }, at);
    for (const name of names) {
      // Names are kept in lower case.
      await page.goto(`${site.origin}/data/lake/hostile/${encodeURIComponent(name.toLowerCase())}`);
      await page.locator('main').getByRole('tab').first().waitFor();
      await page.waitForLoadState('networkidle');
      await at('the page of a table with such a name');
      await page.locator('main').getByRole('tab').nth(1).click();
      await page.waitForLoadState('networkidle');
      await at('the columns of such a table');
    }
    await files(page, site, t, at);
    await statements(page, site, at);
    await models(page, site, evil, at);
  } finally {
    await evil.close();
    await context.close();
  }
  const blocked = errors.filter((text) => /Content.Security.Policy/i.test(text)).length;
  note(`xss: ${SUITE.length} payloads, ${places} looks, ${blocked} blocked by the policy`);
  figure('xss_ran', ran);
}

/** File names, and headers and cells of a file that is not loaded yet. */
async function files(page, site, t, at) {
  const quote = (text) => `"${text.replaceAll('"', '""')}"`;
  await page.goto(`${site.origin}/data`);
  for (const text of SUITE.filter((payload) => !payload.includes('/'))) {
    await page.getByRole('button', { name: t.data.drop.title }).first().waitFor();
    await drop(page, `button:has-text("${t.data.drop.title}")`, `${text}.csv`, `id;${quote(text)}\n1;${quote(text)}\n`);
    await page.getByRole('dialog').waitFor();
    await page.waitForLoadState('networkidle');
    await at('a file with such a name');
    await page.reload();
  }
}

/** Error messages that repeat what was written, and the history of statements. */
async function statements(page, site, at) {
  await page.goto(`${site.origin}/sql`);
  await page.locator('.cm-content').waitFor();
  for (const text of SUITE) {
    await run(page, `SELECT ${quoted(text)} FROM ${SCHEMA}.cells`);
    await page.getByRole('alert').waitFor();
    await at('an error message');
    await run(page, `SELECT CAST(${literal(text)} AS INTEGER)`);
    await page.getByRole('alert').waitFor();
    await at('an error of a value');
  }
  await page.getByRole('button', { name: words('en').sql.history.title }).click();
  await page.getByRole('dialog').waitFor();
  await page.waitForLoadState('networkidle');
  await at('the history');
  await page.keyboard.press('Escape');
}

async function models(page, site, evil, at) {
  await site.sql(`CREATE OR REPLACE CONNECTION evil WITH (provider => 'openai_compatible', url => ${literal(evil.url)})`);
  await site.sql("CREATE OR REPLACE ENDPOINT evil WITH (served => [{'connection': 'evil', 'model': 'evil'}])");
  await run(page, `SELECT id, ai_gen('say ' || id, model => 'evil') AS answer FROM ${SCHEMA}.cells`);
  await page.getByRole('gridcell', { name: SUITE[0] }).first().waitFor({ timeout: 60000 });
  await page.waitForLoadState('networkidle');
  await at('words of a model');
}
