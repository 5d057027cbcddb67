import type { Column } from '../../api/statements';
import { isOrdinal, roleOf, type ChartSettings } from './choice';
import { moment } from './series';

const DAY = 86_400_000;

/** How values are written in a chart, by the locale. */
export type ChartWords = {
  /** All digits. */
  exact: (value: string | number) => string;
  /** Short, along an axis. */
  tick: (value: number) => string;
  /** A value of x. */
  x: (value: string | null) => string;
  /** A time along an axis that spans so many milliseconds. */
  time: (millis: number, span: number) => string;
};

export function chartWords(chosen: string, settings: ChartSettings, columns: Column[]): ChartWords {
  const language = chosen === 'en' ? 'en-GB' : chosen;
  const all = new Intl.NumberFormat(language, { maximumFractionDigits: 20 });
  const some = new Intl.NumberFormat(language, { maximumSignificantDigits: 6 });
  const compact = new Intl.NumberFormat(language, { notation: 'compact', maximumSignificantDigits: 4 });
  const date = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' });
  const day = date({ dateStyle: 'medium' });
  const dayTime = date({ dateStyle: 'medium', timeStyle: 'short' });
  const ticks = [
    { until: 2 * DAY, format: date({ hour: '2-digit', minute: '2-digit' }) },
    { until: 75 * DAY, format: date({ day: 'numeric', month: 'short' }) },
    { until: 1500 * DAY, format: date({ month: 'short', year: 'numeric' }) },
    { until: Infinity, format: date({ year: 'numeric' }) },
  ];
  const column = columns.find((one) => one.name === settings.x);
  const role = column && roleOf(column.type);
  const exact = (value: string | number) => (Number.isFinite(Number(value)) ? all.format(value as number) : String(value));
  return {
    exact,
    tick: (value) => (Math.abs(value) >= 100_000 ? compact : some).format(value),
    x: (value) => {
      if (value === null) return '∅';
      const millis = role === 'time' ? moment(value.replace(' ', 'T')) : null;
      if (millis !== null) return (column!.type === 'DATE' ? day : dayTime).format(millis);
      return role === 'number' && !isOrdinal(column!.name) ? exact(value) : value;
    },
    time: (millis, span) => ticks.find((one) => span <= one.until)!.format.format(millis),
  };
}
