import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { estimate, type Estimate } from '../api/queries';
import { OWN } from '../api/statements';
import { callsAi, parametersOf, values, type Parameters } from './parameters';

const PAUSE = 700;
const PATIENCE = 8000;

/** What running the statement would ask and cost; undefined where it asks nothing, or nobody knows in time. */
export function useEstimate(text: string, given: Parameters, lastRun: string | undefined): Estimate | undefined {
  const [settled] = useDebouncedValue(text, PAUSE);
  const [parameters] = useDebouncedValue(given, PAUSE);
  const { ready, missing } = values(parametersOf(settled).map((one) => one.name), parameters);
  const worth = settled === text && !/^\s*explain\b/i.test(settled) && callsAi(settled) && missing.length === 0;
  const { data } = useQuery({
    queryKey: ['estimate', settled, ready, lastRun],
    enabled: worth,
    retry: false,
    staleTime: 60_000,
    gcTime: 60_000,
    queryFn: ({ signal }) => estimate({ statement: OWN + settled, parameters: ready }, AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)])),
  });
  return worth ? data : undefined;
}
