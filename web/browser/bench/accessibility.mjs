// axe_serious: findings of axe that are serious or critical, over every page, tab and dialog.
import { findings, words } from '../support.mjs';
import { figure, note } from './figures.mjs';
import { everywhere } from './places.mjs';

const WIDTHS = [[1280, 800], [390, 844]];

export async function accessibility(browser, site) {
  let serious = 0;
  const places = new Set();
  let looks = 0;
  const look = (page, label) => async (where) => {
    places.add(where);
    looks += 1;
    const found = await findings(page);
    serious += found.length;
    found.forEach((text) => note(`axe: ${label}, ${where}: ${text}`));
  };
  for (const language of ['en', 'fr']) {
    for (const theme of ['light', 'dark']) {
      for (const [width, height] of WIDTHS) {
        const label = `${language} ${theme} ${width}`;
        const { page, context } = await site.page(browser, { language, theme, width, height });
        const at = look(page, label);
        await everywhere({ page, origin: site.origin, t: words(language), table: 'lake.demo.shops' }, at);
        await context.clearCookies();
        await page.goto(`${site.origin}/`);
        await page.locator('input').first().waitFor();
        await at('sign-in');
        await context.close();
      }
    }
  }
  note(`axe: ${looks} looks at ${places.size} places (${[...places].join('; ')})`);
  figure('axe_serious', serious);
}
