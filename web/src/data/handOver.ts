import { useEffect } from 'react';
import { go } from '../app/router';

let waiting: File | null = null;
const listeners = new Set<() => void>();

/** Lets the person choose a file, from any page, and gives it to the Data page. Call it from a click or a key. */
export function chooseFile() {
  const input = document.createElement('input');
  input.type = 'file';
  input.onchange = () => {
    waiting = input.files?.[0] ?? null;
    if (!waiting) return;
    go('/data');
    listeners.forEach((listener) => listener());
  };
  input.click();
}

/** Takes the file that was chosen elsewhere, once. */
export function useHandedFile(take: (file: File) => void) {
  useEffect(() => {
    const look = () => {
      const file = waiting;
      waiting = null;
      if (file) take(file);
    };
    look();
    listeners.add(look);
    return () => {
      listeners.delete(look);
    };
  }, [take]);
}
