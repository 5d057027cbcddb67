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

export async function ran(page) {
  return page.evaluate(() => window.ran !== undefined);
}

/** Fails on a serious finding of axe by WCAG 2.2 AA. */
export async function accessible(page, where) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] }));
  const serious = violations.filter((one) => one.impact === 'serious' || one.impact === 'critical');
  assert.deepEqual(serious.map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`), [], where);
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
