import { useSyncExternalStore } from 'react';

/** State that survives a reload and is the same in every tab of the browser. What cannot be read counts as absent. */
export type Shared<T> = { get: () => T; set: (change: (now: T) => T) => void; use: () => T };

export function shared<T>(key: string, initial: T): Shared<T> {
  const name = `estran.${key}`;
  const listeners = new Set<() => void>();
  const read = (text: string | null): T => {
    try {
      return text === null ? initial : (JSON.parse(text) as T);
    } catch {
      return initial;
    }
  };
  let text = localStorage.getItem(name);
  let value = read(text);
  /** Another tab may have written since; the value stays the same object while the text does. */
  const get = () => {
    const now = localStorage.getItem(name);
    if (now !== text) {
      text = now;
      value = read(now);
    }
    return value;
  };
  window.addEventListener('storage', (event) => {
    if (event.key === name || event.key === null) listeners.forEach((listener) => listener());
  });
  const set = (change: (now: T) => T) => {
    value = change(get());
    try {
      localStorage.setItem(name, JSON.stringify(value));
      text = localStorage.getItem(name);
    } catch {
      // A full store loses nothing but the memory.
    }
    listeners.forEach((listener) => listener());
  };
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return { get, set, use: () => useSyncExternalStore(subscribe, get) };
}
