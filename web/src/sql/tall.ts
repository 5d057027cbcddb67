import type { Virtualizer } from '@tanstack/react-virtual';

type Scroller = Pick<HTMLElement, 'clientHeight' | 'scrollHeight' | 'scrollTop'>;
type Table = Virtualizer<HTMLDivElement, Element>;

/** Browsers cut what is taller: Chromium and Safari at 33 million pixels, Firefox at 17. */
const SAFE = 15_000_000;
let tallest: number | undefined;

function limit(): number {
  if (tallest === undefined) {
    const probe = document.createElement('div');
    probe.style.cssText = 'position: absolute; visibility: hidden; width: 1px; height: 100000000px';
    document.body.append(probe);
    const height = probe.getBoundingClientRect().height;
    probe.remove();
    tallest = height > SAFE ? Math.floor(height * 0.95) : SAFE;
  }
  return tallest;
}

/** How tall rows of that height together are drawn: as tall as they are, or as the browser can. */
export function drawnHeight(height: number, most = limit()): number {
  return Math.min(height, most);
}

/** How many pixels of rows one pixel of the scroll bar stands for: 1, unless the rows are taller than can be drawn. */
export function stretch(scroller: Scroller, height: number, drawn: number): number {
  if (drawn >= height) return 1;
  const hidden = scroller.scrollHeight - scroller.clientHeight;
  return hidden <= 0 ? 1 : (hidden + height - drawn) / hidden;
}

/** The virtualizer counts in pixels of rows, the browser in those that are drawn. */
export function stretched(height: number, observe: (table: Table, tell: (offset: number, scrolling: boolean) => void) => void | (() => void)) {
  return (table: Table, tell: (offset: number, scrolling: boolean) => void) =>
    observe(table, (offset, scrolling) => {
      const element = table.scrollElement;
      tell(element ? offset * stretch(element, height, drawnHeight(height)) : offset, scrolling);
    });
}

/** Where the scroller must stand so that a row is seen whole; undefined when it is. */
export function revealed(scroller: Scroller, row: { top: number; size: number }, head: number, factor: number): number | undefined {
  const seen = scroller.scrollTop * factor;
  if (row.top < seen) return row.top / factor;
  const bottom = row.top + row.size + head - scroller.clientHeight;
  return bottom > seen ? bottom / factor : undefined;
}
