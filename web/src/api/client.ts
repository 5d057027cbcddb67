import type { components } from '../../generated/api';

export type Schemas = components['schemas'];
export type ServerError = Schemas['Error'];

/** What the server refused, in its own words. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly body: ServerError,
  ) {
    super(body.message);
  }
}

/** No answer at all. */
export class ConnectionLost extends Error {}

type Listener = (state: 'lost' | 'signed-out' | 'fine') => void;
const listeners = new Set<Listener>();
let csrf: string | null = null;

export function onConnection(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(state: 'lost' | 'signed-out' | 'fine') {
  listeners.forEach((listener) => listener(state));
}

/** The session has ended, here or in another tab. */
export function signedOut() {
  tell('signed-out');
}

/** The connection broke outside of send(). */
export function lost() {
  tell('lost');
}

export function onSignedOut(listener: () => void): () => void {
  return onConnection((state) => {
    if (state === 'signed-out') listener();
  });
}

export function setCsrf(token: string | null) {
  csrf = token;
}

export function headers(): Record<string, string> {
  return csrf ? { 'X-CSRF-Token': csrf } : {};
}

/** The page's token is older than the session, for example after signing in in another tab: it is asked for once more. */
async function renewed(status: number, body: unknown): Promise<boolean> {
  if (status !== 403 || (body as { error?: ServerError } | null)?.error?.code !== 'CSRF_TOKEN_WRONG') return false;
  const me = await fetch('/api/v1/me');
  if (me.status !== 200) return false;
  const before = csrf;
  csrf = ((await me.json()) as Schemas['Me']).csrf ?? null;
  return csrf !== before;
}

/** Sends a request; the body of the answer whatever its status, for callers that read errors themselves. */
export async function send(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<{ status: number; body: unknown }> {
  const answer = await sendOnce(method, path, body, signal);
  return (await renewed(answer.status, answer.body)) ? sendOnce(method, path, body, signal) : answer;
}

async function sendOnce(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<{ status: number; body: unknown }> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      signal,
      headers: { ...headers(), ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    tell('lost');
    throw new ConnectionLost('connection lost', { cause });
  }
  tell('fine');
  if (response.status === 401) tell('signed-out');
  const text = await response.text();
  try {
    return { status: response.status, body: text ? JSON.parse(text) : null };
  } catch {
    return { status: response.status, body: { error: { code: 'INTERNAL', message: text.slice(0, 300), retryable: false } } };
  }
}

/** As send, with refusals thrown. */
export async function call<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const answer = await send(method, path, body, signal);
  if (answer.status >= 400) throw refusal(answer.status, answer.body);
  return answer.body as T;
}

export function refusal(status: number, body: unknown): ApiError {
  const error = (body as { error?: ServerError } | null)?.error;
  return new ApiError(status, error ?? { code: 'INTERNAL', message: `HTTP ${status}`, retryable: false });
}
