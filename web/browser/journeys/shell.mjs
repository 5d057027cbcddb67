import assert from 'node:assert/strict';
import { accessible, filled, run } from '../support.mjs';

const FOREVER = 'select count(*) from range(100000000) a, range(100000) b where a.range + b.range = 7';
/** Some seconds, without a result that depends on them. */
const SLOW = 'select count(*) as slow from range(10000) a, range(20000) b where (a.range * b.range) % 7 = 3';

async function focused(page, what) {
  const { seen, where } = await page.evaluate(() => {
    const at = document.activeElement;
    // A radio button may be drawn by its label.
    const box = (at?.labels?.[0] ?? at)?.getBoundingClientRect();
    return { seen: at !== document.body && at !== null && box.width > 0 && box.height > 0, where: at?.outerHTML.slice(0, 120) };
  });
  assert.ok(seen, `the focus is lost ${what}: ${where}`);
}

/** Tab until the element has the focus; every stop on the way has to be visible. */
async function tabTo(page, locator, what, key = 'Tab') {
  for (let i = 0; i < 60; i++) {
    if (await locator.evaluate((node) => node === document.activeElement || node.contains(document.activeElement)).catch(() => false)) return;
    await page.keyboard.press(key);
    await focused(page, `on the way to ${what}`);
  }
  assert.fail(`no way to ${what} by Tab`);
}

/** What runs is shown on each page and ends there; what ended meanwhile is told; help, palette, panels, the way out. */
export async function shell(walker) {
  await jobs(walker);
  await notices(walker);
  await help(walker);
  await palette(walker);
  await panels(walker);
  await keyboard(walker);
  await signOut(walker);
}

async function idle({ page, server, t }) {
  await page.goto(`${server.origin}/sql`);
  await page.locator('.cm-content').waitFor();
  await page.getByRole('button', { name: t.sql.run, exact: true }).waitFor();
}

async function jobs({ page, server, t }) {
  await idle({ page, server, t });
  await run(page, FOREVER);
  const strip = page.getByRole('region', { name: t.jobs.title });
  await strip.getByText('range(100000000)').waitFor();
  await page.getByRole('link', { name: t.nav.data }).click();
  await strip.getByText('range(100000000)').waitFor();
  await accessible(page, 'jobs');
  // Another tab sees it too, and after a reload it is still there.
  await page.reload();
  await strip.getByText('range(100000000)').waitFor();
  await strip.getByRole('button').first().click();
  await strip.waitFor({ state: 'detached' });
}

async function notices({ page, server, t }) {
  await idle({ page, server, t });
  await run(page, SLOW);
  await page.getByRole('button', { name: t.sql.cancel, exact: true }).first().waitFor();
  await page.getByRole('link', { name: t.nav.data }).click();
  const button = page.getByRole('button', { name: t.data.loadFile });
  await button.focus();
  const toast = page.getByTestId('toasts').getByText(t.notices.statement.finished);
  await toast.waitFor({ timeout: 60000 });
  assert.ok(await button.evaluate((node) => node === document.activeElement), 'a toast took the focus');
  await accessible(page, 'toast');
  await page.reload();
  const bell = page.getByRole('button', { name: filled(t.notices.bell_one, { count: '1' }) });
  await bell.click();
  const panel = page.getByRole('dialog');
  await panel.getByText(t.notices.statement.finished).first().waitFor();
  await accessible(page, 'notices');
  await panel.getByRole('link', { name: t.notices.open }).first().click();
  await page.getByRole('gridcell').first().waitFor();
  // What one looks at is not told.
  await run(page, SLOW.replace('20000', '2000'));
  await page.getByRole('button', { name: t.sql.run, exact: true }).waitFor({ timeout: 60000 });
  await page.getByRole('gridcell').first().waitFor();
  assert.equal(await page.getByTestId('toasts').getByText(t.notices.statement.finished).count(), 0);
}

async function help({ page, t }) {
  await page.locator('.cm-content').focus();
  await page.keyboard.press('F1');
  const drawer = page.getByRole('dialog');
  await drawer.getByRole('heading', { name: t.help.pages.sql.title, exact: true }).waitFor();
  await drawer.getByText('ai_classify(text').first().waitFor();
  await accessible(page, 'help');
  await page.keyboard.press('Escape');
  await drawer.waitFor({ state: 'detached' });
  await page.getByRole('link', { name: t.nav.data }).click();
  await page.getByRole('link', { name: t.nav.data }).focus();
  await page.keyboard.press('?');
  await drawer.getByRole('heading', { name: t.help.pages.data.title, exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await drawer.waitFor({ state: 'detached' });
}

async function palette({ page, t }) {
  const find = async (text) => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill(text);
    await page.getByRole('option').first().waitFor();
  };
  // Without accents, in any case.
  await find(t.help.topic.stop.title.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase());
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByRole('heading', { name: t.help.topic.stop.title }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await find('ai_mask');
  await accessible(page, 'palette with a function');
  await page.keyboard.press('Enter');
  await page.locator('.cm-content').getByText('ai_mask').waitFor();
}

async function panels({ page, t }) {
  for (const [name, more, less] of [[t.sql.edge.catalog, 'ArrowRight', 'ArrowLeft'], [t.sql.edge.editor, 'ArrowDown', 'ArrowUp']]) {
    const edge = page.getByRole('separator', { name });
    const value = async () => Number(await edge.getAttribute('aria-valuenow'));
    await edge.focus();
    await page.keyboard.press('Enter');
    const first = await value();
    await page.keyboard.press(more);
    await page.keyboard.press(more);
    assert.ok((await value()) > first);
    await page.keyboard.press(less);
    const kept = await value();
    await page.reload();
    await edge.waitFor();
    assert.equal(await value(), kept, 'a width is remembered');
    await edge.focus();
    await page.keyboard.press('Home');
    assert.equal(await value(), Number(await edge.getAttribute('aria-valuemin')));
    await edge.dblclick();
    assert.equal(await value(), first, 'a double click sets it back');
  }
  const edge = page.getByRole('separator', { name: t.sql.edge.catalog });
  const box = await edge.boundingBox();
  const before = Number(await edge.getAttribute('aria-valuenow'));
  await page.mouse.move(box.x, box.y + 200);
  await page.mouse.down();
  await page.mouse.move(box.x + 60, box.y + 200, { steps: 4 });
  await page.mouse.up();
  assert.equal(Number(await edge.getAttribute('aria-valuenow')), before + 60);
  await edge.dblclick();
}

/** Write a query, run it, read the grid: with no mouse. */
async function keyboard({ page, server, t }) {
  await idle({ page, server, t });
  await focused(page, 'on arrival');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('select 1 as one, 2 as two');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Enter');
  const grid = page.getByRole('grid');
  await grid.waitFor();
  await focused(page, 'after running');
  // Tab indents in the editor; Escape first lets it go on.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await tabTo(page, grid, 'the grid');
  await page.keyboard.press('ArrowRight');
  await focused(page, 'in the grid');
  await tabTo(page, page.locator('.cm-content'), 'the editor again', 'Shift+Tab');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').waitFor();
  await focused(page, 'in the palette');
  await page.keyboard.press('Escape');
  await page.getByRole('combobox').waitFor({ state: 'detached' });
  await page.waitForFunction(() => document.activeElement !== document.body);
}

async function signOut({ page, server, t, link }) {
  await page.goto(`${server.origin}/data`);
  await page.getByRole('heading', { name: t.data.title, exact: true }).waitFor();
  await page.getByRole('button', { name: filled(t.user.menu, { user: 'owner' }) }).click();
  await page.getByRole('button', { name: t.user.signOut }).waitFor();
  await accessible(page, 'user menu');
  const next = await link();
  await page.getByRole('button', { name: t.user.signOut }).click();
  await page.getByLabel(t.signin.token).first().waitFor();
  await page.goBack();
  await page.getByLabel(t.signin.token).first().waitFor();
  assert.equal(await page.getByRole('navigation').count(), 0, 'the page shows after signing out');
  assert.equal((await page.request.get(`${server.origin}/api/v1/catalogs`)).status(), 401);
  await page.goto(server.origin + next);
  await page.getByRole('navigation').waitFor();
}
