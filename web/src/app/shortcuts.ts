import { shortcuts as ofSql } from '../sql/shortcuts';

/** A way to do something by the keyboard: the keys pressed together, and the message that says what they do. */
export type Shortcut = { keys: string[]; message: string };

const everywhere: Shortcut[] = [
  { keys: ['Mod', 'K'], message: 'help:key.palette' },
  { keys: ['F1'], message: 'help:key.help' },
  { keys: ['?'], message: 'help:key.help' },
  { keys: ['Esc'], message: 'help:key.close' },
  { keys: ['← → ↑ ↓'], message: 'help:key.panel' },
];

const grid: Shortcut[] = [
  { keys: ['← → ↑ ↓'], message: 'help:key.cell' },
  { keys: ['Enter'], message: 'help:key.read' },
  { keys: ['Mod', 'C'], message: 'help:key.copy' },
];

/** By page, so that the help can list them; a page adds its own here. */
const ofPages: Record<string, Shortcut[]> = {
  sql: [...ofSql, ...grid],
  data: [{ keys: ['← →'], message: 'help:key.tabs' }, ...grid],
};

const mac = navigator.platform.startsWith('Mac');
const FRENCH: Record<string, string> = { Esc: 'Échap', Enter: 'Entrée', Space: 'Espace', Shift: 'Maj' };

/** As the key is labelled here. */
export function keyName(key: string, language: string): string {
  if (key === 'Mod') return mac ? '⌘' : 'Ctrl';
  return language === 'fr' ? (FRENCH[key] ?? key) : key;
}

export function shortcutsOf(page: string): Shortcut[] {
  return ofPages[page] ?? [];
}

export function shortcutsEverywhere(): Shortcut[] {
  return everywhere;
}
