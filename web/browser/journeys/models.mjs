import assert from 'node:assert/strict';
import { simulator } from '../server.mjs';
import { accessible, filled, PAYLOADS, ran, run } from '../support.mjs';

const KEY = 'sk-right-5d1f';
const WRONG = 'sk-wrong-90c2';

/** A model is connected with a pasted key, the wrong one first; a column is classified; a model of one's own is trained and tried. */
export async function models(walker) {
  const supplier = await simulator({ key: KEY });
  try {
    await supplier.tasks([{ name: 'topic', kind: 'label', items: [{ text: 'tard', label: 'late' }] }]);
    await connect(walker, supplier.url);
    await classify(walker);
    await removal(walker, supplier.url);
    await train(walker);
  } finally {
    await supplier.stop();
  }
}

const name = ({ language }) => `north-${language}`;

async function connect(walker, url) {
  const { page, server, t } = walker;
  const words = t.models;
  await page.goto(`${server.origin}/models`);
  await page.getByRole('heading', { name: words.title, exact: true }).waitFor();
  await page.getByText(words.local.does.ai_mask).waitFor();
  await accessible(page, 'models');

  // What needs a model says so, with the way out at hand.
  await page.goto(`${server.origin}/sql`);
  await page.locator('.cm-content').waitFor();
  if (walker.language === 'en') {
    await run(page, "select ai_gen('hello')");
    await page.getByRole('alert').getByRole('button', { name: words.connect.open }).click();
  } else {
    await page.goto(`${server.origin}/welcome`);
    await page.getByRole('button', { name: t.welcome.model }).click();
  }
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: words.presets.mistral }).click();
  assert.equal(await dialog.getByLabel(words.connect.url).inputValue(), 'https://api.mistral.ai/v1');
  await dialog.getByText(filled(words.connect.leaves, { host: 'api.mistral.ai' })).waitFor();
  await dialog.getByRole('button', { name: words.connect.submit, exact: true }).click();
  await dialog.getByText(words.problems.model).waitFor();
  await accessible(page, 'connect');

  await dialog.getByLabel(words.connect.url).fill(url);
  await dialog.getByText(filled(words.connect.leavesNothing, { host: new URL(url).host })).waitFor();
  await dialog.getByLabel(words.connect.model, { exact: true }).fill('North/Large:Latest');
  assert.equal(await dialog.getByLabel(words.connect.name).inputValue(), 'large');
  await dialog.getByLabel(words.connect.name).fill(name(walker));
  await dialog.getByLabel(words.connect.keyLabel).fill(WRONG);
  await dialog.getByText(words.connect.priceTitle).click();
  await dialog.getByLabel(words.connect.priceInput).fill('0,40');
  await dialog.getByLabel(words.connect.priceOutput).fill('1.60');
  await dialog.getByText(words.connect.sql, { exact: true }).click();
  const statement = await dialog.locator('pre').textContent();
  assert.match(statement, /'input': 0\.40, 'output': 1\.60, 'currency': 'EUR'/);
  assert.ok(!statement.includes(WRONG), 'the key is in no statement');
  await dialog.getByRole('button', { name: words.connect.test, exact: true }).click();
  await dialog.getByRole('alert').getByText(words.outcome.MODEL_UNAUTHORIZED).waitFor();
  await dialog.getByText(words.advice.MODEL_UNAUTHORIZED).waitFor();
  await accessible(page, 'a refused key');
  await dialog.getByLabel(words.connect.keyLabel).fill(KEY);
  await dialog.getByRole('button', { name: words.connect.test, exact: true }).click();
  await dialog.getByRole('status').getByText(answered(words)).waitFor();
  await dialog.getByRole('button', { name: words.connect.submit, exact: true }).click();
  await dialog.getByText(filled(words.connected.title, { name: name(walker) })).waitFor();
  await accessible(page, 'connected');
  assert.ok(!(await page.content()).includes(KEY), 'the key is on no page');
  await dialog.getByRole('button', { name: words.connected.open }).click();
  await page.locator('.cm-content').filter({ hasText: /ai_translate|ai_gen/ }).waitFor();
}

/** The beginning of "Answered in ...", up to the first value. */
function answered(words) {
  return new RegExp(words.outcome.answered_other.split('{{')[0]);
}

async function classify(walker) {
  const { page, t, table } = walker;
  await run(page, `select magasin, ai_classify(note, ['late', 'fine'], model => '${name(walker)}') as topic from ${table} where note is not null`);
  await page.getByRole('gridcell', { name: 'fine' }).or(page.getByRole('gridcell', { name: 'late' })).first().waitFor();
  const facts = await page.getByTestId('facts').textContent();
  assert.match(facts, new RegExp(`\\d ${t.sql.facts.calls_other.replace('{{shown}} ', '').slice(0, 4)}`));
  assert.match(facts, /€/);
  assert.ok(facts.includes(name(walker)), facts);
}

/** Names and addresses are text; removing says what it costs. */
async function removal(walker, url) {
  const { page, server, t } = walker;
  const words = t.models;
  await run(page, `create connection odd with (provider => 'openai_compatible', url => '${url}', zones => ['<img src=x onerror=window.ran=1>'])`);
  await page.getByRole('gridcell', { name: /Created connection odd/ }).waitFor();
  await run(page, `create endpoint odd with (served => [{'connection': 'odd', 'model': '${PAYLOADS[0].replaceAll("'", "''")}', 'weight': 1}])`);
  await page.getByRole('gridcell', { name: /Created endpoint odd/ }).waitFor();
  await page.goto(`${server.origin}/models`);
  await page.getByText(PAYLOADS[0]).waitFor();
  assert.equal(await ran(page), false, 'the name of a model ran as script');
  const row = page.getByRole('listitem').filter({ hasText: name(walker) });
  await row.first().getByText(words.endpoints.answering).waitFor();
  await row.first().getByText(words.endpoints.default, { exact: true }).waitFor();
  await page.getByRole('button', { name: filled(words.endpoints.testOf, { name: 'odd' }) }).click();
  await page.getByRole('listitem').filter({ hasText: PAYLOADS[0] }).getByText(words.outcome.MODEL_UNAUTHORIZED).waitFor();
  await accessible(page, 'endpoints');

  await page.getByRole('button', { name: filled(words.endpoints.editOf, { name: 'odd' }) }).click();
  const dialog = page.getByRole('dialog');
  assert.equal(await dialog.getByLabel(words.connect.model, { exact: true }).inputValue(), PAYLOADS[0]);
  await dialog.getByRole('button', { name: words.remove.open }).click();
  await dialog.getByText(filled(words.remove.text, { name: 'odd' })).waitFor();
  await accessible(page, 'remove');
  await dialog.getByRole('button', { name: words.remove.submit }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText(PAYLOADS[0]).waitFor({ state: 'detached' });

  await page.getByRole('button', { name: filled(words.endpoints.editOf, { name: name(walker) }) }).click();
  await dialog.getByText(filled(words.connect.keepText, { secret: `secret:${name(walker)}` })).waitFor();
  await dialog.getByRole('button', { name: words.connect.save }).click();
  await dialog.getByRole('status').getByText(answered(words)).waitFor();
  await page.keyboard.press('Escape');
}

async function train(walker) {
  const { page, server, language, t } = walker;
  const words = t.models;
  const model = `router_${language}`;
  await page.goto(`${server.origin}/sql`);
  await page.locator('.cm-content').waitFor();
  await run(page, `create model lake.default.${model} predicting topic from (
    select 'my ' || thing || ' ' || what as text, topic
    from unnest(['tent', 'kayak', 'jacket', 'boots', 'wetsuit', 'sail', 'compass', 'lamp', 'rope', 'anchor', 'oar', 'buoy']) as a(thing),
         (values ('is late', 'delivery'), ('never arrived', 'delivery'), ('was charged twice', 'billing'), ('has a wrong invoice', 'billing')) as b(what, topic))`);
  await page.getByRole('gridcell', { name: `lake.default.${model}` }).waitFor({ timeout: 60000 });
  await page.goto(`${server.origin}/models`);
  await page.getByRole('link', { name: new RegExp(model) }).click();
  await page.getByRole('heading', { name: model }).waitFor();
  await page.getByRole('rowheader', { name: 'delivery' }).first().waitFor();
  await accessible(page, 'report');
  await page.getByLabel(words.try.label).fill('my lamp was charged twice');
  await page.getByRole('button', { name: words.try.run }).click();
  await page.getByRole('status').getByText('billing').waitFor();
  await page.getByRole('button', { name: words.own.use }).click();
  await page.locator('.cm-content').filter({ hasText: 'ai_classify' }).waitFor();
  await page.getByRole('button', { name: t.sql.run, exact: true }).click();
  // Text, label and answer of the first row, in agreement.
  await page.getByRole('gridcell', { name: 'delivery', exact: true }).nth(1).waitFor();
  // Gone without a trace for the next language's walk.
  await run(page, `drop model lake.default.${model}`);
  await page.getByRole('gridcell', { name: new RegExp(`dropped model .*${model}`) }).waitFor();
  await run(page, `drop endpoint "${name(walker)}"`);
  await page.getByRole('gridcell', { name: /Dropped endpoint/ }).waitFor();
}
