import { call, refusal } from '../api/client';
import { ended, follow, submit } from '../api/statements';
import { quoted } from '../api/catalog';
import type { Connection, Endpoint } from './queries';

/** Addresses that speak the OpenAI protocol; they only fill in the URL. */
export const PRESETS = [
  { id: 'openai', url: 'https://api.openai.com/v1' },
  { id: 'mistral', url: 'https://api.mistral.ai/v1' },
  { id: 'ollama', url: 'http://127.0.0.1:11434/v1' },
  { id: 'vllm', url: 'http://127.0.0.1:8000/v1' },
  { id: 'lmstudio', url: 'http://127.0.0.1:1234/v1' },
  { id: 'other', url: '' },
] as const;

/** How the supplier's key is found: pasted here, kept as it is, in an environment variable, or none needed. */
export type KeyWay = 'paste' | 'keep' | 'env' | 'none';

export type Draft = {
  name: string;
  url: string;
  model: string;
  way: KeyWay;
  key: string;
  variable: string;
  zones: string;
  priceInput: string;
  priceOutput: string;
  currency: string;
};

export const NAME = /^[a-z_][a-z0-9_-]{0,62}$/;
export const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;

export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A value of a WITH list. */
function option(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(option).join(', ')}]`;
  if (value !== null && typeof value === 'object') {
    return `{${Object.entries(value).map(([name, inner]) => `${literal(name)}: ${option(inner)}`).join(', ')}}`;
  }
  return typeof value === 'string' ? literal(value) : String(value);
}

function options(values: [string, unknown][]): string {
  const given = values.filter(([, value]) => value !== undefined && value !== null && value !== '' && !(typeof value === 'object' && Object.keys(value).length === 0));
  return given.map(([name, value]) => `  ${name} => ${option(value)}`).join(',\n');
}

/** A plain decimal stays as it was typed; a comma is read as a point. */
export function decimal(text: string): string | null {
  const plain = text.trim().replace(',', '.');
  return /^\d{1,9}(\.\d{1,6})?$/.test(plain) ? plain : null;
}

export function secretOf(draft: Draft, stored: string, before: string | null): string | null {
  if (draft.way === 'paste') return `secret:${stored}`;
  if (draft.way === 'keep') return before;
  return draft.way === 'env' && draft.variable ? `env:${draft.variable}` : null;
}

/** The two statements that connect a model, or change what is there; what the form does not show is kept. */
export function statements(draft: Draft, secret: string | null, before: { endpoint: Endpoint; connection: Connection } | null): [string, string] {
  const head = before ? 'CREATE OR REPLACE' : 'CREATE';
  const connection = before?.connection.name ?? draft.name;
  const zones = draft.zones.split(/[,;\s]+/).filter(Boolean);
  const [input, output] = [decimal(draft.priceInput), decimal(draft.priceOutput)];
  const price = input !== null && output !== null && draft.currency ? `, 'price': {'input': ${input}, 'output': ${output}, 'currency': ${literal(draft.currency)}}` : '';
  const version = before?.endpoint.version ? `, 'version': ${literal(before.endpoint.version)}` : '';
  const served = `{'connection': ${literal(connection)}, 'model': ${literal(draft.model)}, 'weight': 1${version}${price}}`;
  const first = options([
    ['provider', before?.connection.provider ?? 'openai_compatible'],
    ['url', draft.url.trim()],
    ['secret', secret],
    ['zones', zones],
    ['terms', before?.connection.terms],
  ]);
  const rest = options([
    ['zones', before?.endpoint.zones],
    ['parameters', before?.endpoint.parameters],
    ['system_prompt', before?.endpoint.systemPrompt],
    ['simulated', before?.endpoint.simulated || null],
  ]);
  return [
    `${head} CONNECTION ${quoted(connection)} WITH (\n${first})`,
    `${head} ENDPOINT ${quoted(draft.name)} WITH (\n  served => [${served}]${rest ? `,\n${rest}` : ''})`,
  ];
}

/** Runs a statement to its end; its error is thrown, what it says is given back. */
export async function run(text: string): Promise<string> {
  const first = await submit(text);
  const last = ended(first) ? first : await follow(first.statement_id);
  if (last.error) throw refusal(400, last);
  return last.message ?? '';
}

/** Stores the key, makes connection and endpoint; what a failure midway would leave behind is taken back. */
export async function save(draft: Draft, stored: string, before: { endpoint: Endpoint; connection: Connection } | null): Promise<void> {
  const secretPath = `/api/v1/secrets/${encodeURIComponent(stored)}`;
  const pasted = draft.way === 'paste';
  const undo: (() => Promise<unknown>)[] = [];
  const [connection, endpoint] = statements(draft, secretOf(draft, stored, before?.connection.secret ?? null), before);
  try {
    if (pasted) {
      await call('PUT', secretPath, { value: draft.key });
      if (!before) undo.push(() => call('DELETE', secretPath));
    }
    await run(connection);
    if (!before) undo.unshift(() => run(`DROP CONNECTION ${quoted(draft.name)}`));
    await run(endpoint);
  } catch (error) {
    for (const step of undo) await step().catch(() => undefined);
    throw error;
  }
}

/** Removes endpoint, connection where nobody else uses it, and its stored key where wanted. */
export async function remove(endpoint: Endpoint, connection: Connection | undefined, others: Endpoint[], withKey: boolean): Promise<void> {
  await run(`DROP ENDPOINT ${quoted(endpoint.name)}`);
  if (connection && !others.some((one) => one.connection === connection.name)) {
    await run(`DROP CONNECTION ${quoted(connection.name)}`);
    if (withKey && connection.secret?.startsWith('secret:')) {
      await call('DELETE', `/api/v1/secrets/${encodeURIComponent(connection.secret.slice('secret:'.length))}`);
    }
  }
}

/** A name that a person would give, from the supplier's name of the model. */
export function nameFor(model: string, taken: string[]): string {
  const plain = model.toLowerCase().split('/').at(-1)!.split(':')[0]!.replace(/[^a-z0-9]+/g, '-').replace(/^[^a-z]+|-+$/g, '').slice(0, 50);
  return free(plain, taken);
}

export function free(name: string, taken: string[]): string {
  if (!name || !taken.includes(name)) return name;
  for (let number = 2; ; number++) if (!taken.includes(`${name}-${number}`)) return `${name}-${number}`;
}
