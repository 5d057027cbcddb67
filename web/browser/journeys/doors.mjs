import assert from 'node:assert/strict';
import { open } from '../chromium.mjs';
import { accessible, words } from '../support.mjs';

/** Without a session there is nothing but the page that asks for the token; a link works once. */
export async function doors(browser, link, token) {
  const { page, context } = await open(browser, link);
  await page.getByLabel('Token').first().waitFor();
  await accessible(page, 'sign-in');
  await page.locator('input').first().fill('wrong');
  await page.keyboard.press('Enter');
  await page.getByText(words('en').signin.wrong).waitFor();
  await page.locator('input').first().fill(token);
  await page.keyboard.press('Enter');
  await page.getByRole('navigation').waitFor();
  const cookies = await context.cookies();
  assert.ok(cookies.every((cookie) => cookie.httpOnly && cookie.sameSite === 'Strict'));
  assert.equal(await page.evaluate(() => document.cookie), '');
  const status = await page.evaluate(async () => (await fetch('/api/v1/sql', { method: 'POST', body: '{"statement":"select 1"}' })).status);
  assert.equal(status, 403, 'an unsafe request without the CSRF token');
  await context.close();
}
