import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { onConnection, send } from '../api/client';

/** Between tries, in milliseconds; the last holds for good. */
const PAUSES = [1000, 2000, 4000, 7000, 10_000];

export type Lost = { nextAt: number; tryNow: () => void } | null;

/** Whether the server answers; when it does not, it is asked again at growing intervals, and everything once it does. */
export function useConnection(): Lost {
  const client = useQueryClient();
  const [lost, setLost] = useState(false);
  const [tries, setTries] = useState(0);
  const [nextAt, setNextAt] = useState(0);
  const asking = useRef(false);

  const ask = useCallback(() => {
    if (asking.current) return;
    asking.current = true;
    // What came of it is heard below.
    void send('GET', '/health/live')
      .catch(() => setTries((before) => before + 1))
      .finally(() => {
        asking.current = false;
      });
  }, []);

  useEffect(
    () =>
      onConnection((state) => {
        if (state === 'lost') setLost(true);
        if (state === 'fine') setLost(false);
      }),
    [],
  );
  const was = useRef(false);
  useEffect(() => {
    if (was.current && !lost) {
      setTries(0);
      void client.invalidateQueries();
    }
    was.current = lost;
  }, [lost, client]);
  useEffect(() => {
    if (!lost) return;
    const pause = PAUSES[Math.min(tries, PAUSES.length - 1)]!;
    setNextAt(Date.now() + pause);
    const timer = setTimeout(ask, pause);
    window.addEventListener('online', ask);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('online', ask);
    };
  }, [lost, tries, ask]);
  return lost ? { nextAt, tryNow: ask } : null;
}
