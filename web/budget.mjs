// Fails when what the first page needs has grown too large: the built files as they go over the network. `./estran bench web`
// measures the same in a browser, with the answers of the API, of which together with these at most 350 kB are wanted; they are some 13 kB.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const BUDGET = 337_000;
const dist = join(import.meta.dirname ?? '.', 'dist');
const assets = readdirSync(join(dist, 'assets'));

/** A chunk and all that it imports before it runs. */
function closure(name, found = new Set()) {
  if (found.has(name)) return found;
  found.add(name);
  const code = readFileSync(join(dist, 'assets', name), 'utf8');
  for (const [, next] of code.matchAll(/(?:\bfrom|\bimport)\s*["']\.\/([^"']+\.js)["']/g)) closure(next, found);
  return found;
}

function named(pattern) {
  const found = assets.filter((name) => pattern.test(name));
  if (found.length === 0) throw new Error(`no built file matches ${pattern}`);
  return found;
}

const size = (path) => statSync(existsSync(`${path}.br`) ? `${path}.br` : path).size;
const page = readFileSync(join(dist, 'index.html'), 'utf8');
const linked = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(([, path]) => path.slice('assets/'.length));
const scripts = [...linked.filter((name) => name.endsWith('.js')), ...named(/^SqlPage-.*\.js$/), ...named(/^fr-.*\.js$/)].flatMap((name) => [...closure(name)]);
// A chunk's styles bear its name.
const chunks = new Set(scripts.map((name) => name.replace(/-[^-]{8}\.js$/, '')));
const styles = assets.filter((name) => name.endsWith('.css') && chunks.has(name.replace(/-[^-]{8}\.css$/, '')));
const fonts = named(/^(inter-latin-wght|jetbrains-mono-latin-400)-normal-.*\.woff2$/);
const files = [...new Set([...linked, ...scripts, ...styles, ...fonts])].map((name) => join(dist, 'assets', name));
files.push(join(dist, 'index.html'), join(dist, 'theme.js'), join(dist, 'favicon.svg'));

const total = files.reduce((sum, path) => sum + size(path), 0);
if (total > BUDGET) {
  for (const path of files.sort((a, b) => size(b) - size(a)).slice(0, 15)) console.error(`${(size(path) / 1000).toFixed(1).padStart(8)} kB  ${path}`);
  console.error(`The first page needs ${(total / 1000).toFixed(1)} kB; ${BUDGET / 1000} kB are allowed. Load later what it does not need.`);
  process.exit(1);
}
console.log(`the first page needs ${(total / 1000).toFixed(1)} kB of ${BUDGET / 1000} kB`);
