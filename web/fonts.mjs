// Cuts the fonts to what the pages use: Inter in weights 400 to 600 with its alternates, JetBrains Mono without
// ligatures. Writes generated/fonts with the style sheet; a browser fetches only the alphabets that a page shows.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import subset from 'subset-font';

const { resolve } = createRequire(import.meta.url);
const folder = join(dirname(fileURLToPath(import.meta.url)), 'generated', 'fonts');
const fonts = [
  { sheet: '@fontsource-variable/inter/wght.css', weight: '400 600', cut: { variationAxes: { wght: { min: 400, max: 600, default: 400 } } } },
  // Without what only ligatures and alternates reach.
  { sheet: '@fontsource/jetbrains-mono/400.css', weight: '400', cut: { noLayoutClosure: true } },
];

/** All characters of a unicode-range. */
function characters(range) {
  return range.split(',').flatMap((part) => {
    const [from, to = from] = part.trim().replace(/^U\+/i, '').split('-').map((code) => parseInt(code, 16));
    return Array.from({ length: to - from + 1 }, (_, at) => String.fromCodePoint(from + at)).filter((one) => !/[\ud800-\udfff]/.test(one) || one.length > 1);
  });
}

mkdirSync(folder, { recursive: true });
const rules = [];
for (const { sheet, weight, cut } of fonts) {
  const path = resolve(sheet);
  for (const [, face] of readFileSync(path, 'utf8').matchAll(/@font-face\s*{([^}]*)}/g)) {
    const family = /font-family:\s*([^;]+);/.exec(face)[1];
    const url = /url\(["']?([^"')]+\.woff2)["']?\)/.exec(face)[1];
    const range = /unicode-range:\s*([^;}]+)/.exec(face)[1].trim();
    const name = basename(url);
    writeFileSync(join(folder, name), await subset(readFileSync(join(dirname(path), url)), characters(range).join(''), { targetFormat: 'woff2', ...cut }));
    rules.push(`@font-face { font-family: ${family}; font-style: normal; font-display: swap; font-weight: ${weight}; src: url(./${name}) format('woff2'); unicode-range: ${range}; }`);
  }
}
writeFileSync(join(folder, 'fonts.css'), `${rules.join('\n')}\n`);
