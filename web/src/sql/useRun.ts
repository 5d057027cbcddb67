import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { ApiError, call, type Schemas, type ServerError } from '../api/client';
import { ended, follow, submit, type Asked, type Statement } from '../api/statements';
import { useJobs } from '../app/jobs';
import { amountOf } from './BudgetField';
import { parametersOf, values } from './parameters';
import { split, type Piece } from './statementText';
import type { Tab, useTabs } from './tabs';

export type Refusal = { tab: string; error: ServerError };
export type Batch = { tab: string; at: number; of: number; state: 'running' | 'failed' | 'done' };

type Refused = { missing: string[] } | { amount: string } | null;

/** Starts statements: the chosen one, or all of a tab in turn. */
export function useRun(tabs: ReturnType<typeof useTabs>) {
  const client = useQueryClient();
  const jobs = useJobs();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [missing, setMissing] = useState<string[]>([]);
  const [batch, setBatch] = useState<Batch | null>(null);
  const starting = useRef(false);
  const running = useRef(false);

  const asked = (tab: Tab, text: string): { more: Asked } | { refused: Refused } => {
    const { ready, missing: none } = values(parametersOf(text).map((one) => one.name), tab.parameters ?? {});
    setMissing(none);
    if (none.length > 0) return { refused: { missing: none } };
    const budget = amountOf(tab.budget ?? '');
    if (budget === null) return { refused: { amount: tab.budget ?? '' } };
    return { more: { parameters: ready, budget } };
  };

  const start = async (tab: Tab, piece: Piece, more: Asked): Promise<Statement | undefined> => {
    if (starting.current) return undefined;
    starting.current = true;
    setRefusal(null);
    try {
      const started = await submit(piece.text, more);
      client.setQueryData(['statement', started.statement_id], started);
      tabs.update(tab.id, { run: { statement: started.statement_id, from: piece.from, text: piece.text } });
      if (!ended(started)) jobs.start({ id: started.statement_id, label: piece.text.slice(0, 200) });
      return started;
    } catch (error) {
      if (error instanceof ApiError) setRefusal({ tab: tab.id, error: error.body });
      return undefined;
    } finally {
      starting.current = false;
    }
  };

  /** What keeps it from running, or null. */
  const run = (tab: Tab, piece: Piece): Refused => {
    const given = asked(tab, piece.text);
    if ('refused' in given) return given.refused;
    setBatch(null);
    void start(tab, piece, given.more);
    return null;
  };

  const inTurn = async (tab: Tab, pieces: Piece[], more: Asked) => {
    running.current = true;
    const { session = '' } = await call<Schemas['Session']>('POST', '/api/v1/sessions', {});
    try {
      for (const [at, piece] of pieces.entries()) {
        setBatch({ tab: tab.id, at: at + 1, of: pieces.length, state: 'running' });
        const begun = await start(tab, piece, { ...more, session });
        const last = begun && (ended(begun) ? begun : await follow(begun.statement_id));
        if (last) client.setQueryData(['statement', last.statement_id], last);
        if (last?.state !== 'FINISHED') {
          setBatch({ tab: tab.id, at: at + 1, of: pieces.length, state: 'failed' });
          return;
        }
      }
      setBatch({ tab: tab.id, at: pieces.length, of: pieces.length, state: 'done' });
    } finally {
      running.current = false;
      void call('DELETE', `/api/v1/sessions/${session}`).catch(() => undefined);
    }
  };

  /** All statements of the tab, one after the other in one session, up to the first that fails. */
  const runAll = (tab: Tab): Refused => {
    const pieces = split(tab.text);
    if (running.current || pieces.length === 0) return null;
    const given = asked(tab, tab.text);
    if ('refused' in given) return given.refused;
    inTurn(tab, pieces, given.more).catch((error: unknown) => {
      setBatch(null);
      if (error instanceof ApiError) setRefusal({ tab: tab.id, error: error.body });
    });
    return null;
  };

  return { run, runAll, refusal, missing, batch };
}
