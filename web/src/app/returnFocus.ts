import { useEffect, useState } from 'react';

/** For what floats above the page and is taken away as a whole: the focus goes back to where it was, or to the page. */
export function useReturnFocus() {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      setTimeout(() => {
        if (document.activeElement !== document.body && document.activeElement !== null) return;
        const back = before instanceof HTMLElement && before.isConnected && before !== document.body ? before : document.getElementById('main');
        back?.focus({ preventScroll: true });
      });
    },
    [before],
  );
}
