import { describe, expect, it } from 'vitest';
import { drawnHeight, revealed, stretch } from './tall';

const HEAD = 46;
const ROW = 28;

/** A scroller as a browser would have it. */
function scroller(drawn: number, at: number) {
  const clientHeight = 500;
  return { clientHeight, scrollHeight: drawn + HEAD, scrollTop: Math.min(at, drawn + HEAD - clientHeight) };
}

describe('a table taller than the browser draws', () => {
  const height = 1_000_000 * ROW;
  const drawn = drawnHeight(height, 17_000_000);
  it('is drawn as tall as can be', () => {
    expect(drawn).toBe(17_000_000);
    expect(drawnHeight(280, 17_000_000)).toBe(280);
  });
  it('shows its last row at the end of the bar, its first at the beginning', () => {
    const end = scroller(drawn, Infinity);
    const factor = stretch(end, height, drawn);
    expect(end.scrollTop * factor + end.clientHeight).toBeCloseTo(height + HEAD, 3);
    expect(scroller(drawn, 0).scrollTop * factor).toBe(0);
  });
  it('brings every row into sight', () => {
    for (const index of [0, 1, 499_999, 999_998, 999_999]) {
      for (const at of [0, 8_000_000, Infinity]) {
        const here = scroller(drawn, at);
        const factor = stretch(here, height, drawn);
        const row = { top: index * ROW, size: ROW };
        const there = scroller(drawn, revealed(here, row, HEAD, factor) ?? here.scrollTop);
        const seen = there.scrollTop * factor;
        expect(seen).toBeLessThanOrEqual(row.top + 1e-3);
        expect(seen + there.clientHeight - HEAD).toBeGreaterThanOrEqual(row.top + ROW - 1e-3);
      }
    }
  });
});

describe('a table that fits', () => {
  it('is scrolled as it is', () => {
    const here = scroller(280_000, 1000);
    expect(stretch(here, 280_000, drawnHeight(280_000, 17_000_000))).toBe(1);
    expect(revealed(here, { top: 1028, size: ROW }, HEAD, 1)).toBeUndefined();
  });
});
