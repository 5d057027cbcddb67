import { useQuery, type QueryClient } from '@tanstack/react-query';
import { call, type Schemas } from './client';

export type SavedSummary = Schemas['SavedQuerySummary'];
export type SavedQuery = Schemas['SavedQuery'];
export type SavedDraft = Schemas['SavedQueryDraft'];
export type Estimate = Schemas['Estimate'];

const PATH = '/api/v1/queries';
const path = (id: string) => `${PATH}/${encodeURIComponent(id)}`;

/** The queries one has saved, by name. */
export function useSavedQueries(enabled = true) {
  return useQuery({
    queryKey: ['saved'],
    enabled,
    staleTime: 15_000,
    queryFn: async ({ signal }) => (await call<Schemas['SavedQueries']>('GET', PATH, undefined, signal)).queries,
  });
}

export function refreshSaved(client: QueryClient) {
  return client.invalidateQueries({ queryKey: ['saved'] });
}

export function loadQuery(id: string): Promise<SavedQuery> {
  return call('GET', path(id));
}

export function createQuery(draft: SavedDraft): Promise<SavedQuery> {
  return call('POST', PATH, draft);
}

/** Refused with QUERY_CHANGED where somebody saved since that version. */
export function updateQuery(id: string, draft: SavedDraft, version: number): Promise<SavedQuery> {
  return call('PUT', path(id), { ...draft, version });
}

export function deleteQuery(id: string): Promise<void> {
  return call('DELETE', path(id));
}

/** What the AI calls of a statement would be and cost. */
export function estimate(body: { statement: string; parameters: Record<string, unknown> }, signal: AbortSignal): Promise<Estimate> {
  return call('POST', '/api/v1/sql/estimate', body, signal);
}
