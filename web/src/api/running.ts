import { useQuery } from '@tanstack/react-query';
import { call, type Schemas } from './client';
import { OWN } from './statements';

export type Running = Schemas['RunningStatement'];

/** Another statement, another tab or a program may start at any time, but an idle page must not keep a server awake. */
const BUSY = 1000;
const IDLE = 20_000;

const DRY = /^LOAD [^]* DRY RUN$/;

async function list(signal: AbortSignal): Promise<Running[]> {
  const { statements } = await call<Schemas['RunningStatements']>('GET', '/api/v1/sql', undefined, signal);
  return statements.filter((one) => !one.label.startsWith(OWN) && !(one.kind === 'job' && DRY.test(one.label)));
}

/** What runs for this person, wherever it was started. Asked only while the page can be seen. */
export function useRunning(expected: boolean) {
  return useQuery({
    queryKey: ['running'],
    queryFn: ({ signal }) => list(signal),
    retry: false,
    staleTime: 0,
    refetchOnWindowFocus: 'always',
    refetchInterval: (query) => (query.state.status === 'error' ? false : expected || query.state.data?.length ? BUSY : IDLE),
  });
}

/** An import, by the text that stands for it. */
export function loadOf(label: string): { name: string; table: string } | null {
  const found = /^LOAD ([^]+) INTO (\S+)(?: MODE \w+)?/.exec(label);
  return found ? { name: found[1]!, table: found[2]! } : null;
}
