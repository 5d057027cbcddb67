/** A way to do something by the keyboard: the keys, and the message under help:key that says what they do. */
export type Shortcut = { keys: string; does: string };

const everywhere: Shortcut[] = [
  { keys: 'Mod+K', does: 'palette' },
  { keys: '?  F1', does: 'help' },
  { keys: 'Escape', does: 'close' },
  { keys: '← → ↑ ↓', does: 'panel' },
];

/** By page, so that the help can list them; a page adds its own here. */
const ofPages: Record<string, Shortcut[]> = {
  sql: [
    { keys: 'Mod+Enter', does: 'run' },
    { keys: 'Ctrl+Space', does: 'complete' },
    { keys: 'Mod+/', does: 'comment' },
    { keys: 'Mod+Z', does: 'undo' },
    { keys: 'Escape  Tab', does: 'escape' },
    { keys: '← → ↑ ↓', does: 'cell' },
    { keys: 'Enter', does: 'read' },
    { keys: 'Mod+C', does: 'copy' },
  ],
  data: [
    { keys: '← →', does: 'tabs' },
    { keys: '← → ↑ ↓', does: 'cell' },
    { keys: 'Enter', does: 'read' },
  ],
};

const mac = navigator.platform.startsWith('Mac');
const FRENCH: Record<string, string> = { Escape: 'Échap', Enter: 'Entrée', Space: 'Espace' };

/** As the keys are labelled here. */
export function keyNames(keys: string, language: string): string {
  const own = keys.replaceAll('Mod', mac ? '⌘' : 'Ctrl');
  return language === 'fr' ? own.replace(/Escape|Enter|Space/g, (key) => FRENCH[key]!) : own.replaceAll('Escape', 'Esc');
}

export function shortcutsOf(page: string): Shortcut[] {
  return ofPages[page] ?? [];
}

export function shortcutsEverywhere(): Shortcut[] {
  return everywhere;
}
