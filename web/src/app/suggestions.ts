import type { ServerError } from '../api/client';

const MOST = 3;

/** The names that the server proposes instead of a wrong one. */
export function suggestions(error: ServerError): string[] {
  const list = (error.details as Record<string, unknown> | undefined)?.suggestions;
  return Array.isArray(list) ? list.map(String).slice(0, MOST) : [];
}
