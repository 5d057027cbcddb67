import type { Estimate, Report } from './ownModels';

const Z95 = 1.959964;

/** Wilson score interval (E. B. Wilson, JASA 22, 1927), as the server computes it. */
export function wilson(right: number, all: number): Estimate {
  if (all === 0) return { value: 0, low: 0, high: 1 };
  const p = right / all;
  const z2 = (Z95 * Z95) / all;
  const middle = p + z2 / 2;
  const half = Z95 * Math.sqrt((p * (1 - p)) / all + z2 / (4 * all));
  return { value: p, low: Math.max(0, (middle - half) / (1 + z2)), high: Math.min(1, (middle + half) / (1 + z2)) };
}

/** Of a label: how often it was given rightly, and how often at all. */
export function counts(report: Report) {
  const sum = (fits: (cell: Report['confusion'][number]) => boolean) => report.confusion.filter(fits).reduce((total, cell) => total + cell.count, 0);
  return {
    right: (label: string) => sum((cell) => cell.actual === label && cell.predicted === label),
    given: (label: string) => sum((cell) => cell.predicted === label),
  };
}
