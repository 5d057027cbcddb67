import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', listener);
  };
}

/** Goes to a page of the workspace. */
export function go(path: string, replace = false) {
  if (replace) window.history.replaceState(null, '', path);
  else if (path !== window.location.pathname + window.location.search) window.history.pushState(null, '', path);
  listeners.forEach((listener) => listener());
}

/** The path's parts and the query string, both decoded. */
export function useLocation(): { parts: string[]; query: URLSearchParams } {
  const now = useSyncExternalStore(subscribe, () => window.location.pathname + window.location.search);
  const url = new URL(now, window.location.origin);
  return { parts: url.pathname.split('/').filter(Boolean).map(decode), query: url.searchParams };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The page of an own model. */
export function modelPath(model: { catalog: string; schema: string; name: string }): string {
  return `/models/${[model.catalog, model.schema, model.name].map(encodeURIComponent).join('/')}`;
}

export function tablePath(table: { catalog: string; schema: string; name: string }): string {
  return `/data/${[table.catalog, table.schema, table.name].map(encodeURIComponent).join('/')}`;
}
