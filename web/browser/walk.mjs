// The journeys of a person, in each language, in a real browser against the real server.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { launch, open } from './chromium.mjs';
import { connection } from './journeys/connection.mjs';
import { data } from './journeys/data.mjs';
import { doors } from './journeys/doors.mjs';
import { load } from './journeys/load.mjs';
import { models } from './journeys/models.mjs';
import { narrow } from './journeys/narrow.mjs';
import { queries } from './journeys/queries.mjs';
import { query } from './journeys/query.mjs';
import { results } from './journeys/results.mjs';
import { shell } from './journeys/shell.mjs';
import { table } from './journeys/table.mjs';
import { start } from './server.mjs';
import { ran, words } from './support.mjs';

/** In the order in which a person would go; each begins where the one before it ended. */
const journeys = [load, query, queries, table, results, data, models, shell, connection, narrow];

async function walk(browser, server, link, language, theme) {
  const { page, context, errors } = await open(browser, link, { language, theme });
  const walker = { page, context, server, language, link: () => newLink(server), t: words(language), table: `lake.default.ventes_${language}` };
  for (const journey of journeys) {
    await journey(walker);
    assert.equal(await ran(page), false, `something ran as script in ${journey.name}`);
  }
  assert.deepEqual(errors, []);
  await context.close();
}

/** Another link, as a program asks for it; the token changes with each start of the server. */
async function newLink(server) {
  const { token } = JSON.parse(readFileSync(`${server.data}/server.json`, 'utf8'));
  const answer = await fetch(`${server.origin}/api/v1/signin-link`, { method: 'POST', headers: { Authorization: `Bearer ${token}` } });
  return (await answer.json()).path;
}

const server = await start();
const browser = await launch();
try {
  await walk(browser, server, server.link, 'en', 'light');
  const { token } = JSON.parse(readFileSync(`${server.data}/server.json`, 'utf8'));
  await doors(browser, server.link, token);
  await walk(browser, server, server.origin + (await newLink(server)), 'fr', 'dark');
  console.log('the walk in both languages passed');
} finally {
  await browser.close();
  await server.stop();
}
