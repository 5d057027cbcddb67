// The figures of the workspace, in a real browser. `./estran bench web` starts the server and reads the lines;
// run by hand, it starts a server of its own. Arguments: names of groups, all without any.
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { launch } from '../chromium.mjs';
import { start } from '../server.mjs';
import { accessibility } from './accessibility.mjs';
import { Site } from './figures.mjs';
import { firstLoad } from './firstLoad.mjs';
import { hostile } from './hostile.mjs';
import { scroll } from './scroll.mjs';

const groups = { load: firstLoad, scroll, axe: accessibility, xss: hostile };
const asked = process.argv.slice(2);
const { ESTRAN_BENCH_ORIGIN: origin, ESTRAN_BENCH_TOKEN: token } = process.env;

const own = origin ? undefined : await start({ withDemo: true });
const site = own ? new Site(own.origin, JSON.parse(readFileSync(`${own.data}/server.json`, 'utf8')).token) : new Site(origin, token);
const browser = await launch({ bars: true });
try {
  for (const name of asked.length > 0 ? asked : Object.keys(groups)) await groups[name](browser, site);
} finally {
  await browser.close();
  await own?.stop();
}
