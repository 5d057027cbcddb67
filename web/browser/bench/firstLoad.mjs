// first_load_kb and interactive_ms: from the link to a page that can be worked with, with an empty cache.
import { figure, median, note } from './figures.mjs';

const RUNS = 5;
/** The demo's tables, of which the tree must show these. */
const TABLES = ['customers', 'orders', 'shops', 'tickets'];
const KEY = 'q';

/** Runs in the page before anything of it: notes the moment when both the key and the tables are there. */
function watch([key, tables]) {
  const look = () => {
    const editor = document.querySelector('.cm-content');
    const tree = document.querySelector('main aside');
    if (!editor?.textContent.includes(key) || !tables.every((name) => tree?.textContent.includes(name))) return;
    window.estranReady ??= performance.timeOrigin + performance.now();
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
}

async function load(browser, site) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' });
  const page = await context.newPage();
  await page.addInitScript(watch, [KEY, TABLES]);
  const network = await context.newCDPSession(page);
  const requests = new Map();
  await network.send('Network.enable');
  network.on('Network.requestWillBeSent', (event) => {
    if (!requests.has(event.requestId)) requests.set(event.requestId, { url: event.request.url, bytes: 0, headers: 0 });
  });
  // What arrived less the headers that came with it: a body as it was sent, compressed or not.
  network.on('Network.responseReceived', ({ requestId, response }) => {
    if (requests.has(requestId)) Object.assign(requests.get(requestId), { status: response.status, type: response.mimeType, headers: response.encodedDataLength });
  });
  network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (requests.has(requestId)) requests.get(requestId).bytes = encodedDataLength;
  });
  const link = await site.link();
  const started = Date.now();
  await page.goto(link, { waitUntil: 'commit' });
  await page.locator('.cm-content').focus();
  await page.keyboard.press(KEY);
  await page.waitForFunction(() => window.estranReady !== undefined, undefined, { timeout: 60000 });
  const millis = (await page.evaluate(() => window.estranReady)) - started;
  // What was asked for in the same breath belongs to the load, too.
  await page.waitForLoadState('networkidle');
  await context.close();
  return { millis, requests: [...requests.values()].filter((one) => one.url.startsWith('http')) };
}

export async function firstLoad(browser, site) {
  const loads = [];
  for (let run = 0; run < RUNS; run++) loads.push(await load(browser, site));
  const body = ({ bytes, headers }) => Math.max(0, bytes - headers);
  const sum = (requests) => requests.reduce((total, one) => total + body(one), 0) / 1000;
  const { requests } = loads[0];
  const api = requests.filter((one) => new URL(one.url).pathname.startsWith('/api/'));
  for (const one of [...requests].sort((a, b) => body(b) - body(a)).slice(0, 12)) {
    note(`first load: ${(body(one) / 1000).toFixed(1)} kB ${new URL(one.url).pathname}`);
  }
  note(`first load: ${requests.length} requests, of them ${api.length} to the API with ${sum(api).toFixed(1)} kB; without these ${(sum(requests) - sum(api)).toFixed(1)} kB`);
  figure('first_load_kb', sum(requests));
  note(`interactive: ${loads.map(({ millis }) => Math.round(millis)).join(', ')} ms`);
  figure('interactive_ms', median(loads.map(({ millis }) => millis)));
}
