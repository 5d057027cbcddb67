import { useQueryClient } from '@tanstack/react-query';
import { createContext, useCallback, useContext, useEffect, useMemo, type ReactNode } from 'react';
import { ApiError, call } from '../api/client';
import { useRunning, type Running } from '../api/running';
import { ended, rows, type Statement } from '../api/statements';
import { shared } from './shared';
import { announce } from './notices';

/** A statement that was started here, with words for people. */
export type Job = { id: string; label: string };

type Known = { label: string; job: boolean; here: boolean };
type Jobs = { running: Running[]; start: (job: Job) => void };

const MOST = 100;
/** What somebody else started is only told of when it took so long. */
const LONG = 10_000;

/** What was seen to run and has not been seen to end, by id: kept, so that a reload tells of what ended meanwhile. */
const known = shared<Record<string, Known>>('jobs', {});
/** What was looked at when it ended, in any tab. */
const seen = shared<string[]>('jobs.seen', []);
/** What the page shows now. */
const watched = new Map<string, number>();
const asking = new Set<string>();

const Context = createContext<Jobs>({ running: [], start: () => undefined });

export function useJobs(): Jobs {
  return useContext(Context);
}

/** The person looks at this statement: its end is not told a second time. */
export function useWatching(id: string | null, over: boolean) {
  useEffect(() => {
    if (id === null) return;
    watched.set(id, (watched.get(id) ?? 0) + 1);
    return () => {
      const left = watched.get(id)! - 1;
      if (left > 0) watched.set(id, left);
      else watched.delete(id);
    };
  }, [id]);
  useEffect(() => {
    if (id === null || !over) return;
    const looked = () => {
      if (document.visibilityState === 'visible' && id in known.get()) finish(id, true);
    };
    looked();
    document.addEventListener('visibilitychange', looked);
    return () => document.removeEventListener('visibilitychange', looked);
  }, [id, over]);
}

/** Its end is on the page now, if the page still shows it: for what leaves the page in the same moment. */
export function endSeen(id: string) {
  if (watched.has(id) && document.visibilityState === 'visible') finish(id, true);
}

function finish(id: string, looked: boolean) {
  if (looked) seen.set((now) => [...now, id].slice(-MOST));
  known.set((now) => Object.fromEntries(Object.entries(now).filter(([one]) => one !== id)));
}

function keep(jobs: Record<string, Known>) {
  known.set((now) => Object.fromEntries([...Object.entries(now), ...Object.entries(jobs)].slice(-MOST)));
}

/** It is no longer in the list of what runs: what became of it? */
async function resolve(id: string, job: Known) {
  if (asking.has(id)) return;
  asking.add(id);
  try {
    const statement = await call<Statement>('GET', `/api/v1/sql/${id}`);
    if (!ended(statement)) return;
    const looked = watched.has(id) && document.visibilityState === 'visible';
    const told = job.job || job.here || (statement.wall_ms ?? 0) >= LONG;
    const quiet = looked || seen.get().includes(id) || statement.state === 'CANCELLED' || !told;
    const loaded = !quiet && job.job && statement.state === 'FINISHED' ? await loadedRows(statement) : undefined;
    if (id in known.get() && !quiet) announce({ id, label: job.label, statement, loaded });
    finish(id, looked);
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 404) return;
    const tell = id in known.get() && !seen.get().includes(id) && (job.job || job.here);
    finish(id, false);
    if (tell) announce({ id, label: job.label });
  } finally {
    asking.delete(id);
  }
}

async function loadedRows(statement: Statement): Promise<number | undefined> {
  const at = (statement.schema ?? []).findIndex((column) => column.name === 'rows');
  const row = at < 0 ? undefined : (await rows(statement.statement_id, 0, 1)).rows?.[0];
  return row === undefined ? undefined : Number((row as unknown[])[at]);
}

export function JobsProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const before = known.use();
  const { data } = useRunning(Object.keys(before).length > 0);
  const looked = seen.use();
  useEffect(() => {
    if (!data) return;
    const now = new Set(data.map((one) => one.statement_id));
    const fresh = data.filter((one) => !(one.statement_id in known.get()) && !seen.get().includes(one.statement_id));
    if (fresh.length > 0) {
      keep(Object.fromEntries(fresh.map((one) => [one.statement_id, { label: one.label, job: one.kind === 'job', here: false }])));
    }
    for (const [id, job] of Object.entries(known.get())) {
      if (!now.has(id)) {
        void resolve(id, job).then(() => void (job.job && client.invalidateQueries({ queryKey: ['catalog'] })));
      }
    }
  }, [data, client]);
  const start = useCallback(
    (job: Job) => {
      keep({ [job.id]: { label: job.label, job: job.label.startsWith('LOAD '), here: true } });
      void client.invalidateQueries({ queryKey: ['running'] });
    },
    [client],
  );
  const running = useMemo(() => (data ?? []).filter((one) => !looked.includes(one.statement_id)), [data, looked]);
  const value = useMemo(() => ({ running, start }), [running, start]);
  return <Context.Provider value={value}>{children}</Context.Provider>;
}
