import { useEffect, useState } from 'react';

/** State that survives a reload. What cannot be read counts as absent; a full store loses nothing but the memory. */
export function useStored<T>(key: string, initial: T): [T, React.Dispatch<React.SetStateAction<T>>] {
  const [value, setValue] = useState<T>(() => {
    try {
      const kept = localStorage.getItem(`estran.${key}`);
      return kept === null ? initial : (JSON.parse(kept) as T);
    } catch {
      return initial;
    }
  });
  useEffect(() => {
    try {
      localStorage.setItem(`estran.${key}`, JSON.stringify(value));
    } catch {
      // The page goes on without.
    }
  }, [key, value]);
  return [value, setValue];
}
