/** What the help tells in short, in its order; each is a message under help:topic. */
export const topics = ['in', 'out', 'undo', 'models', 'files', 'stop'] as const;
export type Topic = (typeof topics)[number];

/** The pages that the help knows; any other gets the text of the start. */
export const helpPages = ['sql', 'data', 'models', 'welcome'] as const;

type Listener = (topic: Topic | null) => void;
let listener: Listener = () => undefined;

export function onHelp(next: Listener): () => void {
  listener = next;
  return () => {
    listener = () => undefined;
  };
}

/** Opens the help, at a topic if there is one. */
export function openHelp(topic: Topic | null = null) {
  listener(topic);
}
