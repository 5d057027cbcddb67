// Pictures of each page for the documentation: both languages, both themes, wide and narrow.
import { Buffer } from 'node:buffer';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launch, open } from './chromium.mjs';
import { root, start } from './server.mjs';

const folder = process.argv[2] ?? join(root, 'docs', 'screenshots');
mkdirSync(folder, { recursive: true });
const query = `-- Turnover by shop, and what its customers write about
SELECT s.name, s.city, o.turnover, t.tickets,
       ai_classify(t.body, ['stock', 'delivery', 'refund']) AS topic
FROM lake.demo.shops AS s
JOIN (SELECT shop_id, sum(quantity * unit_price) AS turnover
      FROM lake.demo.orders GROUP BY shop_id) AS o USING (shop_id)
LEFT JOIN (SELECT shop_id, count(*) AS tickets, min(body) AS body
           FROM lake.demo.tickets GROUP BY shop_id) AS t USING (shop_id)
ORDER BY o.turnover DESC`;
const charts = {
  line: `SELECT date_trunc('month', ordered_at) AS month, channel, sum(quantity * unit_price) AS turnover
FROM lake.demo.orders GROUP BY ALL ORDER BY ALL`,
  bar: `SELECT s.city, sum(o.quantity * o.unit_price) AS turnover
FROM lake.demo.orders AS o JOIN lake.demo.shops AS s USING (shop_id)
GROUP BY ALL ORDER BY turnover DESC`,
};
const csv = 'date;magasin;montant;note\n2025-01-02;Lyon;12,50;ok\n2025-01-03;Brest;7,20;\n2025-01-04;Lyon;8,00;tard\n';

const server = await start({ withDemo: true });
const browser = await launch();
const token = new URL(server.link).searchParams.get('token');
let link = `${server.origin}/signin?token=${token}`;
try {
  for (const language of ['en', 'fr']) {
    for (const theme of ['light', 'dark']) {
      for (const width of [1280, 390]) {
        const { page, context } = await open(browser, link, { language, theme, width, height: width === 390 ? 844 : 800 });
        const shot = async (name) => {
          await page.waitForTimeout(400);
          await page.screenshot({ path: join(folder, `${name}-${language}-${theme}-${width}.png`) });
        };
        await page.locator('.cm-content').fill(query);
        await page.keyboard.press('Escape');
        await page.keyboard.press('Control+Enter');
        await page.getByRole('gridcell').first().waitFor({ timeout: 60000 });
        await shot('sql');
        await page.getByRole('radiogroup').locator('label').nth(1).click();
        for (const [name, text] of Object.entries(charts)) {
          await page.locator('.cm-content').fill(text);
          await page.keyboard.press('Escape');
          await page.keyboard.press('Control+Enter');
          await page.locator(`[data-kind=${name}]`).waitFor({ timeout: 60000 });
          await shot(`chart-${name}`);
        }
        await page.getByRole('radiogroup').locator('label').first().click();
        await page.locator('.cm-content').fill('SELECT order_id, quantity,\n       unit_prise\nFROM lake.demo.orders');
        await page.keyboard.press('Escape');
        await page.keyboard.press('Control+Enter');
        await page.getByRole('alert').waitFor();
        await shot('error');
        await page.goto(`${server.origin}/data`);
        await page.locator('.cm-content').waitFor({ state: 'detached' });
        await shot('data');
        await page.goto(`${server.origin}/data/lake/demo/shops`);
        await page.getByRole('gridcell').first().waitFor();
        await shot('table');
        await page.getByRole('tab').nth(1).click();
        await page.getByRole('rowheader').first().waitFor();
        await shot('columns');
        await page.getByRole('tab').nth(2).click();
        await shot('history');
        await page.getByRole('tab').nth(3).click();
        await page.getByRole('term').first().waitFor();
        await shot('properties');
        await page.setInputFiles('input[type=file]', { name: 'Ventes 2025.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
        await page.getByRole('dialog').getByRole('columnheader').first().waitFor();
        await shot('load');
        await page.goto(`${server.origin}/models`);
        await page.getByRole('link', { name: /ticket_router/ }).waitFor();
        await shot('models');
        await page.locator('main header button').click();
        await page.getByRole('dialog').locator('fieldset button').nth(1).click();
        await page.getByRole('dialog').getByRole('textbox').nth(1).fill('mistral-small-latest');
        await shot('connect');
        await page.goto(`${server.origin}/models/lake/demo/ticket_router`);
        await page.getByRole('rowheader').first().waitFor();
        await shot('own-model');
        await page.goto(`${server.origin}/welcome`);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await shot('welcome');
        const next = await page.evaluate(async () => {
          const { csrf } = await (await fetch('/api/v1/me')).json();
          return (await (await fetch('/api/v1/signin-link', { method: 'POST', headers: { 'X-CSRF-Token': csrf } })).json()).path;
        });
        link = server.origin + next;
        await context.close();
      }
    }
  }
} finally {
  await browser.close();
  await server.stop();
}
