import { useQuery, useQueryClient } from '@tanstack/react-query';
import { call, type Schemas } from '../api/client';
import { ask } from '../api/statements';

export type Endpoint = {
  name: string;
  connection: string;
  model: string;
  version: string | null;
  priceInput: string | null;
  priceOutput: string | null;
  currency: string | null;
  parameters: Record<string, unknown>;
  systemPrompt: string | null;
  zones: string[];
  simulated: boolean;
  isDefault: boolean;
};

export type Connection = { name: string; provider: string; url: string; secret: string | null; zones: string[]; terms: Record<string, unknown> };

/** The last real call of an endpoint, test calls included. */
export type LastCall = { at: string; error: string; ms: number; calls: number };

export type LocalMethod = { name: string; state: 'works' | 'by extract' | 'needs a model'; method: string; quality: string | null };

const KEY = 'models';
const list = (text: unknown) => String(text ?? '').split(', ').filter(Boolean);
const text = (value: unknown) => (value === null || value === undefined ? null : String(value));
const map = (json: unknown) => JSON.parse(String(json || '{}')) as Record<string, unknown>;

export function useEndpoints() {
  return useQuery({
    queryKey: [KEY, 'endpoints'],
    queryFn: async ({ signal }) =>
      (
        await ask(
          'SELECT name, connection, model, version, price_input, price_output, currency, parameters, system_prompt, zones, simulated, is_default FROM system.ai.endpoints ORDER BY is_default DESC, name',
          signal,
        )
      ).map(
        (row): Endpoint => ({
          name: String(row[0]), connection: String(row[1]), model: String(row[2]), version: text(row[3]), priceInput: text(row[4]), priceOutput: text(row[5]),
          currency: text(row[6]), parameters: map(row[7]), systemPrompt: text(row[8]), zones: list(row[9]), simulated: row[10] === true, isDefault: row[11] === true,
        }),
      ),
  });
}

export function useConnections() {
  return useQuery({
    queryKey: [KEY, 'connections'],
    queryFn: async ({ signal }) =>
      (await ask('SELECT name, provider, url, secret, zones, terms FROM system.ai.connections ORDER BY name', signal)).map(
        (row): Connection => ({ name: String(row[0]), provider: String(row[1]), url: String(row[2]), secret: text(row[3]), zones: list(row[4]), terms: map(row[5]) }),
      ),
  });
}

export function useLastCalls() {
  return useQuery({
    queryKey: [KEY, 'calls'],
    queryFn: async ({ signal }) => {
      const found = await ask(
        `SELECT endpoint, max("at"), arg_max(coalesce(error, ''), "at"), arg_max(ms, "at"), sum(calls) FROM system.ai.usage WHERE NOT local AND function <> 'draft_test' GROUP BY endpoint`,
        signal,
      );
      return new Map(found.map((row) => [String(row[0]), { at: String(row[1]), error: String(row[2]), ms: Number(row[3]), calls: Number(row[4]) } satisfies LastCall]));
    },
  });
}

export function useLocalMethods() {
  return useQuery({
    queryKey: [KEY, 'local'],
    staleTime: Infinity,
    queryFn: async ({ signal }) =>
      (await ask("SELECT name, state, method, quality FROM system.ai.local_methods WHERE state <> 'planned'", signal)).map(
        ([name, state, method, quality]) => ({ name, state, method, quality }) as LocalMethod,
      ),
  });
}

export function useSecrets() {
  return useQuery({
    queryKey: [KEY, 'secrets'],
    queryFn: ({ signal }) => call<Schemas['Secrets']>('GET', '/api/v1/secrets', undefined, signal),
  });
}

export type Outcome = Schemas['ModelTestOutcome'];

export function test(body: Schemas['ModelTest']): Promise<Outcome> {
  return call('POST', '/api/v1/models/test', body);
}

/** After something was connected, changed or removed. */
export function useRefresh() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: [KEY] });
}

/** The host a model runs on, and whether that is this machine. */
export function place(url: string | undefined): { host: string; here: boolean } {
  try {
    const { hostname, host } = new URL(url ?? '');
    return { host, here: hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.') };
  } catch {
    return { host: url ?? '', here: false };
  }
}
