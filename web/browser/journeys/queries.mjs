import assert from 'node:assert/strict';
import { accessible, filled, run, write } from '../support.mjs';

/** Save a query with a parameter, find it again, run it with other values; the price before, the facts after. */
export async function queries({ page, server, t, language, table }) {
  const words = t.queries;
  const name = `Ventes depuis (${language})`;
  await page.goto(`${server.origin}/sql`);
  await page.locator('.cm-content').waitFor();
  await page.keyboard.press('Alt+n');
  const text = `select magasin, montant, '$nothing' as s -- $nor this\nfrom ${table}\nwhere montant >= $least and magasin <> $not`;
  await write(page, text);
  const least = page.getByLabel(filled(words.parameters.value, { name: 'least' }));
  const not = page.getByLabel(filled(words.parameters.value, { name: 'not' }));
  await least.waitFor();
  assert.equal(await page.getByRole('region', { name: words.parameters.title }).getByRole('group').count(), 2);

  // A value that is missing is said before anything runs.
  await page.keyboard.press('Control+Enter');
  await page.getByText(words.parameters.missing).first().waitFor();
  await page.getByLabel(filled(words.parameters.type, { name: 'least' })).selectOption('DECIMAL');
  await least.fill(language === 'fr' ? '12,50' : '12.50');
  await not.fill("'; drop table x; --");
  await accessible(page, 'parameters');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('gridcell', { name: '12.50' }).waitFor();
  assert.equal(await page.getByRole('gridcell', { name: '7.20' }).count(), 0);

  // The first save asks for a name; what changes after it is marked.
  await page.keyboard.press('Control+s');
  await page.getByRole('dialog').getByLabel(words.save.name).fill(name);
  await accessible(page, 'save');
  await page.keyboard.press('Enter');
  await page.getByTestId('note').getByText(filled(words.save.done, { name })).waitFor();
  assert.equal(await page.getByRole('img', { name: words.unsaved }).count(), 0);
  await least.fill('7');
  await page.getByRole('img', { name: words.unsaved }).waitFor();
  await page.keyboard.press('Control+s');
  await page.getByRole('img', { name: words.unsaved }).waitFor({ state: 'detached' });

  // The tab is as it was after a reload; closed, it comes back by undo; gone, the palette opens it.
  await page.reload();
  await page.getByRole('button', { name, exact: true }).waitFor();
  assert.equal(await least.inputValue(), '7');
  await page.keyboard.press('Alt+w');
  const note = page.getByTestId('note');
  await note.getByRole('button', { name: words.undo }).click();
  await page.getByRole('button', { name, exact: true }).waitFor();
  await page.keyboard.press('Alt+w');
  await page.getByRole('button', { name, exact: true }).waitFor({ state: 'detached' });
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: t.palette.open }).fill(name);
  await page.getByRole('option', { name }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name, exact: true }).waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByRole('gridcell', { name: '7.20' }).waitFor();

  // The keys work from a field too, and one press is one run.
  const count = () => page.evaluate(async () => {
    const { csrf } = await (await fetch('/api/v1/me')).json();
    const statement = "/* workspace */ select count(*) from system.query.history where statement like 'select magasin, montant, %'";
    const answer = await fetch('/api/v1/sql', { method: 'POST', headers: { 'X-CSRF-Token': csrf }, body: JSON.stringify({ statement }) });
    return (await answer.json()).rows[0][0];
  });
  const before = await count();
  await page.locator('.cm-content').press('Control+Enter');
  await least.press('Control+Enter');
  await page.getByTestId('facts').waitFor();
  assert.ok((await count()) <= before + 2, 'one press ran it twice');
  await list({ page, words, name });
  await elsewhere({ page, words, name, least });
  await inTurn({ page, words });
  await price({ page, t, table });
  await leave(page);
}

/** Rename, delete, and undo of it, in the list beside the editor. */
async function list({ page, words, name }) {
  await page.getByRole('tab', { name: words.saved.title }).click();
  await page.getByRole('button', { name: filled(words.saved.renameOne, { name }) }).click();
  await page.getByRole('dialog').getByLabel(words.save.name).fill(`${name} 2`);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: filled(words.saved.deleteOne, { name: `${name} 2` }) }).click();
  await page.getByTestId('note').getByText(filled(words.saved.deleted, { name: `${name} 2` })).waitFor();
  await accessible(page, 'saved queries');
  await page.getByTestId('note').getByRole('button', { name: words.undo }).click();
  await page.getByRole('button', { name: filled(words.saved.deleteOne, { name: `${name} 2` }) }).waitFor();
}

/** Saved in another window meanwhile: nothing is overwritten without a word. */
async function elsewhere({ page, words, name, least }) {
  await page.evaluate(async (title) => {
    const { csrf } = await (await fetch('/api/v1/me')).json();
    const headers = { 'X-CSRF-Token': csrf, 'Content-Type': 'application/json' };
    const { queries: all } = await (await fetch('/api/v1/queries')).json();
    const { id, version } = all.find((one) => one.name === title);
    await fetch(`/api/v1/queries/${id}`, { method: 'PUT', headers, body: JSON.stringify({ name: title, statement: 'select 1', version }) });
  }, `${name} 2`);
  await least.fill('8');
  await page.keyboard.press('Control+s');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('heading', { name: words.conflict.title }).waitFor();
  await accessible(page, 'conflict');
  await dialog.getByRole('button', { name: words.conflict.overwrite }).click();
  await page.getByTestId('note').getByText(filled(words.save.done, { name: `${name} 2` })).waitFor();
}

/** All statements one after the other, in one session, up to the first that fails. */
async function inTurn({ page, words }) {
  await page.keyboard.press('Alt+n');
  await write(page, "set timeout = 60; select 1 as one; select nope; select 'never'");
  await page.keyboard.press('Control+Shift+Enter');
  await page.getByText(filled(words.batch.failed, { at: '3', of: '4' })).waitFor();
  await page.locator('.cm-lintRange-error').getByText('nope').waitFor();
}

/** What a run will ask stands on its button, what it asked beside it, and on the column where the values come from. */
async function price({ page, t, table }) {
  const words = t.queries;
  await write(page, `select note, ai_mask(note, ['phone']) as masked from ${table}`);
  const button = page.getByTestId('run');
  await button.getByText(words.price.local).waitFor({ timeout: 30000 });
  const calls = /(\d+)/.exec(await button.textContent())[1];
  assert.ok(Number(calls) > 0);
  await page.keyboard.press('Control+Enter');
  await page.getByRole('gridcell').first().waitFor();
  assert.match(await page.getByTestId('facts').textContent(), new RegExp(`${calls}.*local/mask`));
  await page.getByRole('button', { name: filled(t.sql.generated, { function: 'ai_mask' }) }).focus();
  await page.getByRole('tooltip').getByText(words.origin.local).waitFor();
  await accessible(page, 'provenance');
  await run(page, 'select 1 as plain');
  await button.getByText(words.price.local).waitFor({ state: 'detached' });
}

/** Tab indents in the editor; Escape and then Tab leaves it. */
async function leave(page) {
  await page.locator('.cm-content').focus();
  await page.keyboard.press('Tab');
  assert.ok(await page.evaluate(() => document.activeElement.classList.contains('cm-content')));
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  assert.ok(await page.evaluate(() => !document.activeElement.classList.contains('cm-content')));
}
