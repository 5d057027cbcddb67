// slow_frames_pct: a million rows under the wheel and under the dragged bar.
import { run } from '../support.mjs';
import { figure, note } from './figures.mjs';

const ROWS = 1_000_000;
const SECONDS = 10;
const SLOW_MILLIS = 50;
const QUERY = `SELECT range AS id, range % 997 AS shop, 'customer ' || (range * 7919 % 100003) AS customer, range / 7.0 AS amount,
  DATE '2020-01-01' + CAST(range % 2000 AS INTEGER) AS day, range % 3 = 0 AS paid, 'A remark of some length about order ' || range AS remark,
  CASE WHEN range % 5 = 0 THEN NULL ELSE range * 1.5 END AS weight FROM range(${ROWS})`;

export async function scroll(browser, site) {
  const { page, context } = await site.page(browser);
  await page.locator('.cm-content').waitFor();
  await run(page, QUERY);
  const grid = page.getByRole('grid');
  await grid.getByRole('gridcell', { name: 'customer 7919', exact: true }).waitFor({ timeout: 60000 });
  const box = await grid.boundingBox();
  await page.evaluate(() => {
    window.frames50 = [];
    let last = performance.now();
    const frame = (now) => {
      window.frames50.push(now - last);
      last = now;
      window.frameTimer = requestAnimationFrame(frame);
    };
    window.frameTimer = requestAnimationFrame(frame);
  });
  const started = Date.now();
  const until = (part) => Date.now() - started < SECONDS * 1000 * part;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  let notches = 0;
  while (until(0.5)) {
    await page.mouse.wheel(0, notches++ % 40 < 30 ? 480 : -360);
    await page.waitForTimeout(16);
  }
  const wheeled = await grid.evaluate((element) => element.scrollTop);
  // The bar: taken by its thumb, which is as short as bars get, and drawn down and up.
  await grid.evaluate((element) => element.scrollTo(0, 0));
  const bar = { x: box.x + box.width - 7, top: box.y + 14 + 8, bottom: box.y + box.height - 14 - 8 };
  await page.mouse.move(bar.x, bar.top);
  await page.mouse.down();
  let furthest = 0;
  while (until(1)) {
    // By the clock, so that a slow machine draws as far as a fast one: down in a second, up in another.
    const phase = ((Date.now() - started) % 2000) / 1000;
    await page.mouse.move(bar.x, bar.top + (bar.bottom - bar.top) * (phase < 1 ? phase : 2 - phase));
    await page.waitForTimeout(16);
    furthest = Math.max(furthest, await grid.evaluate((element) => element.scrollTop / element.scrollHeight));
  }
  await page.mouse.up();
  const frames = await page.evaluate(() => {
    cancelAnimationFrame(window.frameTimer);
    return window.frames50;
  });
  if (wheeled < 10_000 || furthest < 0.5) throw new Error(`nothing was scrolled: wheel to ${wheeled} px, bar to ${furthest} of the rows`);
  // The last row can be reached and read.
  await grid.focus();
  await page.keyboard.press('Control+End');
  await grid.getByRole('gridcell', { name: `A remark of some length about order ${ROWS - 1}` }).waitFor();
  const slow = frames.filter((millis) => millis > SLOW_MILLIS);
  note(`scroll: ${frames.length} frames in ${SECONDS} s, ${slow.length} over ${SLOW_MILLIS} ms, the longest ${Math.round(Math.max(...frames))} ms`);
  figure('slow_frames_pct', (100 * slow.length) / frames.length);
  await context.close();
}
