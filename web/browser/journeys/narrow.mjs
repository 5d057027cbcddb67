import assert from 'node:assert/strict';
import { accessible } from '../support.mjs';

const PATHS = ['/sql', '/data', '/models', '/welcome'];

/** On a telephone nothing is wider than the screen. */
export async function narrow({ page, server }) {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const path of PATHS) {
    await page.goto(server.origin + path);
    await page.getByRole('main').waitFor();
    await page.waitForLoadState('networkidle');
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 390), `${path} is wider than the screen`);
    await accessible(page, `${path}, narrow`);
  }
}
