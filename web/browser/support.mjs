// What the journeys share.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The messages of a language by area, as the pages show them; those of the shell stand at the top as well. */
export function words(language) {
  const folder = new URL(`../src/locales/${language}/`, import.meta.url);
  const areas = readdirSync(folder).map((file) => [file.replace('.json', ''), JSON.parse(readFileSync(new URL(file, folder), 'utf8'))]);
  const found = Object.fromEntries(areas);
  return { ...found.shell, ...found };
}

/** Values that would run, were they ever taken for HTML or script. */
export const PAYLOADS = [
  '<img src=x onerror="window.ran=1">',
  '<script>window.ran=1</script>',
  '"><svg/onload=window.ran=1>',
  'javascript:window.ran=1',
  '{{constructor.constructor("window.ran=1")()}}',
  "'-window.ran=1-'",
];

/** The longer list, for the bench. */
export const SUITE = [
  ...PAYLOADS,
  '<iframe srcdoc="<script>parent.ran=1</script>"></iframe>',
  '<iframe src="javascript:parent.ran=1"></iframe>',
  '<svg><script>window.ran=1</script></svg>',
  '<svg><animate onbegin=window.ran=1 attributeName=x dur=1s>',
  '<details open ontoggle=window.ran=1><summary>x</summary></details>',
  '<input autofocus onfocus=window.ran=1>',
  '<video><source onerror=window.ran=1></video>',
  '<body onload=window.ran=1>',
  '<a href="javascript:window.ran=1" id=x>x</a>',
  '<math><mtext><table><mglyph><style><img src=x onerror=window.ran=1>',
  '</textarea><img src=x onerror=window.ran=1>',
  '</script><script>window.ran=1</script>',
  '<!--><img src=x onerror=window.ran=1>-->',
  '<meta http-equiv="refresh" content="0;url=javascript:window.ran=1">',
  '<object data="data:text/html,<script>parent.ran=1</script>"></object>',
  '<form action="javascript:window.ran=1"><button autofocus>x</button></form>',
  'data:text/html,<script>window.ran=1</script>',
  '${window.ran=1}',
  '<%= window.ran=1 %>',
  '[x](javascript:window.ran=1) ![x](x" onerror="window.ran=1)',
  '\u202e<img src=x onerror=window.ran=1>',
  '__proto__',
];

export async function ran(page) {
  return page.evaluate(() => window.ran !== undefined);
}

/** What axe finds by WCAG 2.2 AA that is serious or worse, one text each. */
export async function findings(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] }));
  const serious = violations.filter((one) => one.impact === 'serious' || one.impact === 'critical');
  return serious.map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
}

/** Fails on such a finding. */
export async function accessible(page, where) {
  assert.deepEqual(await findings(page), [], where);
}

/** Drops a file; `content` is text or bytes. */
export async function drop(page, selector, name, content, type = 'text/csv') {
  const transfer = await page.evaluateHandle(
    ([fileName, bytes, mime]) => {
      const data = new DataTransfer();
      data.items.add(new File([typeof bytes === 'string' ? bytes : new Uint8Array(bytes)], fileName, { type: mime }));
      return data;
    },
    [name, typeof content === 'string' ? content : [...content], type],
  );
  await page.dispatchEvent(selector, 'dragover', { dataTransfer: transfer });
  await page.dispatchEvent(selector, 'drop', { dataTransfer: transfer });
}

/** Replaces the text of the editor. */
export async function write(page, text) {
  await page.locator('.cm-content').fill(text);
  await page.keyboard.press('Escape');
}

export async function run(page, text) {
  await write(page, text);
  await page.keyboard.press('Control+Enter');
}

/** A message with its values filled in. */
export function filled(message, values) {
  return Object.entries(values).reduce((text, [name, value]) => text.replace(`{{${name}}}`, value), message);
}
