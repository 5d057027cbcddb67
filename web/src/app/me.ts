import { useQuery } from '@tanstack/react-query';
import { onSignedOut, send, setCsrf, signedOut, type Schemas } from '../api/client';
import { forget } from './notices';

export type Me = Schemas['Me'];

export const meQuery = {
  queryKey: ['me'],
  retry: false,
  staleTime: 15_000,
  queryFn: async (): Promise<Me | null> => {
    const answer = await send('GET', '/api/v1/me');
    if (answer.status !== 200) return null;
    const body = answer.body as Me;
    setCsrf(body.csrf ?? null);
    return body;
  },
};

/** Who is signed in; null for nobody. */
export function useMeQuery() {
  return useQuery(meQuery);
}

export function useMe(): Me | null {
  return useMeQuery().data ?? null;
}

const channel = new BroadcastChannel('estran');
channel.onmessage = (event) => {
  if (event.data === 'signed-out') signedOut();
};
/** What ended is about the data, so it does not stay behind; the texts in the editor do. */
onSignedOut(() => setCsrf(null));

/** Ends the session of this browser, in each of its tabs. */
export async function signOut() {
  const answer = await send('POST', '/api/v1/signout').catch(() => null);
  if (answer === null || (answer.status >= 400 && answer.status !== 401)) return;
  forget();
  channel.postMessage('signed-out');
  signedOut();
}
