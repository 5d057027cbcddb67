import { useCallback, useEffect } from 'react';
import { go } from '../app/router';
import { useStored } from '../app/stored';
import type { ChartChoice } from './chart/choice';
import type { Parameters } from './parameters';

/** A tab of the editor. `run` is the statement last started from it, and what of the text that was. */
export type Tab = {
  id: string;
  number: number;
  text: string;
  run: { statement: string; from: number; text: string } | null;
  /** The saved query it shows, and a mark of what was saved. */
  saved?: { id: string; name: string; version: number; mark: string };
  parameters?: Parameters;
  /** Whether its result is shown as a chart. */
  chart?: ChartChoice;
  /** Money that the calls of one statement may cost; empty for no limit. */
  budget?: string;
};

export const TABLE: ChartChoice = { shown: false, settings: null };

const KEY = 'sql.tabs';
type Stored = { tabs: Tab[]; active: string };

/** How the page that is open takes a text, where it is open. */
let opener: ((text: string) => void) | null = null;
/** And how it goes to one of its tabs. */
let chooser: ((id: string) => void) | null = null;

function made(number: number, text = ''): Tab {
  return { id: crypto.randomUUID(), number, text, run: null };
}

function initial(): Stored {
  const tab = made(1);
  return { tabs: [tab], active: tab.id };
}

function next(tabs: Tab[]): number {
  return Math.max(0, ...tabs.map((tab) => (tab.saved ? 0 : tab.number))) + 1;
}

export function useTabs() {
  const [stored, setStored] = useStored<Stored>(KEY, initial());
  const active = stored.tabs.find((tab) => tab.id === stored.active) ?? stored.tabs[0]!;
  const update = useCallback(
    (id: string, change: Partial<Tab>) =>
      setStored((now) => ({ ...now, tabs: now.tabs.map((tab) => (tab.id === id ? { ...tab, ...change } : tab)) })),
    [setStored],
  );
  const choose = useCallback((id: string) => setStored((now) => ({ ...now, active: id })), [setStored]);
  const add = useCallback(
    (text?: string) =>
      setStored((now) => {
        const tab = made(next(now.tabs), text);
        return { tabs: [...now.tabs, tab], active: tab.id };
      }),
    [setStored],
  );
  const close = useCallback(
    (id: string) =>
      setStored((now) => {
        const at = now.tabs.findIndex((tab) => tab.id === id);
        const tabs = now.tabs.filter((tab) => tab.id !== id);
        if (tabs.length === 0) return initial();
        return { tabs, active: now.active === id ? tabs[Math.max(0, at - 1)]!.id : now.active };
      }),
    [setStored],
  );
  /** Opens a tab as it is, at its old place where it had one; an empty tab makes room. */
  const open = useCallback(
    (given: Partial<Tab>, at?: number) =>
      setStored((now) => {
        const tabs = now.tabs.filter((one) => one.text.trim() !== '' || one.saved);
        const tab = { ...made(next(tabs)), ...given };
        tabs.splice(at ?? tabs.length, 0, tab);
        return { tabs, active: tab.id };
      }),
    [setStored],
  );
  useEffect(() => {
    opener = add;
    chooser = choose;
    return () => {
      opener = null;
      chooser = null;
    };
  }, [add, choose]);
  return { tabs: stored.tabs, active, open, update, choose, add, close };
}

/** From another page or a dialog: opens the SQL page with a text in a new tab, or in an empty one. */
export function openQuery(text: string) {
  if (opener) {
    opener(text);
    return;
  }
  const stored = read();
  const tabs = stored.tabs.filter((tab) => tab.text.trim() !== '');
  const tab = made(next(tabs), text);
  localStorage.setItem(`estran.${KEY}`, JSON.stringify({ tabs: [...tabs, tab], active: tab.id }));
  go('/sql');
}

function read(): Stored {
  try {
    return (JSON.parse(localStorage.getItem(`estran.${KEY}`) ?? 'null') as Stored | null) ?? { tabs: [], active: '' };
  } catch {
    return { tabs: [], active: '' };
  }
}

/** Whether the statement was last run from one of the tabs. */
export function hasRun(statement: string): boolean {
  return read().tabs.some((tab) => tab.run?.statement === statement);
}

/** Opens the SQL page at the tab that ran the statement. */
export function openRun(statement: string) {
  const stored = read();
  const tab = stored.tabs.find((one) => one.run?.statement === statement);
  if (!tab) return;
  if (chooser) chooser(tab.id);
  else localStorage.setItem(`estran.${KEY}`, JSON.stringify({ ...stored, active: tab.id }));
  go('/sql');
}
