import { useQuery } from '@tanstack/react-query';
import { ApiError, call, refusal, send, type Schemas } from './client';

export type Statement = Schemas['Statement'];
export type Column = { name: string; type: string; ai?: string };
export type Row = unknown[];

/** Left out of the history: what the workspace asks on its own account. */
export const OWN = '/* workspace */ ';

export function ended(statement: Statement | undefined): boolean {
  return statement !== undefined && !['QUEUED', 'RUNNING'].includes(statement.state);
}

/** What goes with a statement: typed values for its $names, the money its calls may cost, the session it runs in. */
export type Asked = { parameters?: Record<string, TypedValue>; budget?: string; session?: string };
export type TypedValue = { type: string; value: string | null };

/** Submits without waiting. A statement that failed at once is an answer too; it has an id and an error. */
export async function submit(text: string, more: Asked = {}): Promise<Statement> {
  const { budget, ...given } = more;
  const answer = await send('POST', '/api/v1/sql', { statement: text, ...given, limits: { wait_ms: 20, ...(budget ? { ai_budget: budget } : {}) } });
  const statement = answer.body as Statement | null;
  if (statement?.statement_id) return statement;
  throw refusal(answer.status, answer.body);
}

/** Runs a statement of the user's to its end; it stands in the history like any other. */
export async function perform(text: string): Promise<Statement> {
  const started = await submit(text);
  const last = ended(started) ? started : await follow(started.statement_id);
  if (last.error) throw refusal(400, last);
  return last;
}

/** Follows a statement to its end. Once the server no longer knows it there is no statement; `lost` says that it ran when last seen. */
export function useStatement(id: string | null) {
  const query = useStatementQuery(id);
  const gone = query.error instanceof ApiError;
  return { ...query, data: gone ? undefined : query.data, lost: gone && query.data !== undefined && !ended(query.data) };
}

function useStatementQuery(id: string | null) {
  return useQuery({
    queryKey: ['statement', id],
    enabled: id !== null,
    queryFn: ({ signal }) => call<Statement>('GET', `/api/v1/sql/${id}?wait_ms=500`, undefined, signal),
    refetchInterval: (query) => (ended(query.state.data) || query.state.status === 'error' ? false : 100),
    staleTime: (query) => (ended(query.state.data) ? Infinity : 0),
    refetchIntervalInBackground: true,
  });
}

export async function follow(id: string, signal?: AbortSignal): Promise<Statement> {
  for (;;) {
    const statement = await call<Statement>('GET', `/api/v1/sql/${id}?wait_ms=5000`, undefined, signal);
    if (ended(statement)) return statement;
  }
}

export function rows(id: string, offset: number, limit: number, signal?: AbortSignal): Promise<Statement> {
  return call('GET', `/api/v1/sql/${id}/rows?offset=${offset}&limit=${limit}`, undefined, signal);
}

export function cancel(id: string): Promise<Statement> {
  return call('POST', `/api/v1/sql/${id}/cancel`);
}

/** Runs a query of the workspace's own to its end and gives all rows, for small results. */
export async function ask(text: string, signal?: AbortSignal): Promise<Row[]> {
  const answer = await send('POST', '/api/v1/sql', { statement: OWN + text, limits: { wait_ms: 20000 } }, signal);
  const first = answer.body as Statement;
  if (answer.status >= 400) throw refusal(answer.status, answer.body);
  const last = ended(first) ? first : await follow(first.statement_id, signal);
  if (last.error) throw refusal(400, last);
  if (last.rows && last.next == null) return last.rows as Row[];
  return (await rows(last.statement_id, 0, 100_000, signal)).rows as Row[];
}
