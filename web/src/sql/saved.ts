import type { SavedDraft, SavedQuery } from '../api/queries';
import type { Parameters } from './parameters';
import type { Tab } from './tabs';

/** How the result is drawn, whatever that is: kept and given back as it was. */
function chartOf(tab: Tab): Record<string, never> | null {
  return (tab.chart as unknown as Record<string, never> | undefined) ?? null;
}

export function draftOf(tab: Tab, name: string): SavedDraft {
  const parameters = Object.fromEntries(
    Object.entries(tab.parameters ?? {}).map(([key, { type, value, none }]) => [key, none ? { type, value: null } : value === '' ? { type } : { type, value }]),
  );
  return { name, statement: tab.text, parameters, chart: chartOf(tab) };
}

/** A short mark of what would be saved, to know whether anything has changed since. */
export function markOf(tab: Tab): string {
  const text = JSON.stringify(draftOf(tab, ''));
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let at = 0; at < text.length; at += 1) {
    a = Math.imul(a ^ text.charCodeAt(at), 2654435761);
    b = Math.imul(b ^ text.charCodeAt(at), 1597334677);
  }
  return `${text.length}.${(a >>> 0).toString(36)}.${(b >>> 0).toString(36)}`;
}

export function unsaved(tab: Tab): boolean {
  return tab.saved !== undefined && tab.saved.mark !== markOf(tab);
}

/** What a tab needs to show a saved query. */
export function tabOf(query: SavedQuery): Partial<Tab> {
  const parameters: Parameters = Object.fromEntries(
    Object.entries(query.parameters).map(([name, { type, value }]) => [
      name,
      { type, value: value ?? '', ...(value === null ? { none: true } : {}) },
    ]),
  );
  const tab = { text: query.statement, parameters, ...(query.chart ? { chart: query.chart } : {}) } as Partial<Tab>;
  return { ...tab, saved: savedAs(query, tab as Tab) };
}

export function savedAs(query: SavedQuery, tab: Tab): NonNullable<Tab['saved']> {
  return { id: query.id, name: query.name, version: query.version, mark: markOf(tab) };
}
