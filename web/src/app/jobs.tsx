import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from 'react';

/** A statement that was started here, with words for people. */
export type Job = { id: string; label: string };

type Jobs = { jobs: Job[]; start: (job: Job) => void; end: (id: string) => void };

const MOST = 50;
const Context = createContext<Jobs>({ jobs: [], start: () => undefined, end: () => undefined });

export function JobsProvider({ children }: { children: ReactNode }) {
  const [jobs, setJobs] = useState<Job[]>([]);
  const start = useCallback((job: Job) => setJobs((now) => [...now.filter((one) => one.id !== job.id), job].slice(-MOST)), []);
  const end = useCallback((id: string) => setJobs((now) => now.filter((job) => job.id !== id)), []);
  const value = useMemo(() => ({ jobs, start, end }), [jobs, start, end]);
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

export function useJobs(): Jobs {
  return useContext(Context);
}
