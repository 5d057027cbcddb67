import type { ServerError } from '../api/client';
import { loadOf } from '../api/running';
import type { Statement } from '../api/statements';
import { shared } from './shared';

/** Something that ended while the person was elsewhere. Told in the language of the moment, so it holds facts, not words. */
export type Notice = {
  id: string;
  at: string;
  outcome: 'finished' | 'failed' | 'lost';
  label: string;
  load: { name: string; table: string } | null;
  rows?: number;
  affected?: number;
  millis?: number;
  error?: ServerError;
  read: boolean;
};

const MOST = 50;
const LABEL = 200;

export const notices = shared<Notice[]>('notices', []);

type Listener = (notice: Notice) => void;
const listeners = new Set<Listener>();

/** Told of each new notice in this tab. */
export function onNotice(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Keeps a notice, once. Without a statement: the server no longer knows it. */
export function announce({ id, label, statement, loaded }: { id: string; label: string; statement?: Statement; loaded?: number }) {
  if (notices.get().some((notice) => notice.id === id)) return;
  const load = loadOf(label);
  const notice: Notice = {
    id,
    at: new Date().toISOString(),
    outcome: !statement ? 'lost' : statement.state === 'FINISHED' ? 'finished' : 'failed',
    label: label.replace(/\s+/g, ' ').trim().slice(0, LABEL),
    load,
    rows: loaded ?? (load ? undefined : statement?.schema?.length ? statement.total : undefined),
    affected: statement?.affected,
    millis: statement?.wall_ms,
    error: statement?.error,
    read: false,
  };
  notices.set((now) => [notice, ...now].slice(0, MOST));
  listeners.forEach((listener) => listener(notice));
}

export function markRead() {
  if (notices.get().some((notice) => !notice.read)) notices.set((now) => now.map((notice) => ({ ...notice, read: true })));
}

export function forget(id?: string) {
  notices.set((now) => (id === undefined ? [] : now.filter((notice) => notice.id !== id)));
}
