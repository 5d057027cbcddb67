import { quoted } from '../api/catalog';
import { ask } from '../api/statements';
import { numeric } from '../sql/values';

export type Profile = {
  name: string;
  type: string;
  rows: number;
  filled: number;
  distinct: number | null;
  least: string | null;
  most: string | null;
  /** Heights of a histogram, or the commonest values with their number of rows. */
  bars: number[] | null;
  common: { value: string; rows: number }[] | null;
};

type Kind = 'number' | 'time' | 'text' | 'other';
const BARS = 12;
const MOST_COLUMNS = 100;

function kindOf(type: string): Kind {
  if (numeric(type)) return 'number';
  if (type === 'DATE' || type.startsWith('TIMESTAMP')) return 'time';
  return type === 'VARCHAR' || type === 'BOOLEAN' ? 'text' : 'other';
}

/** Columns with what is in them: two passes over the table, three with text. */
export async function profile(source: string, signal: AbortSignal): Promise<Profile[]> {
  const described = await ask(`DESCRIBE SELECT * FROM ${source}`, signal).catch(() => null);
  const columns = (described ?? (await ask(`DESCRIBE ${source.replace(/ AT \(.*\)$/, '')}`, signal))).slice(0, MOST_COLUMNS).map((row) => ({
    name: String(row[0]),
    type: String(row[1]),
    kind: kindOf(String(row[1])),
    sql: quoted(String(row[0])),
  }));
  const facts = columns.flatMap(({ sql, kind }) =>
    kind === 'other'
      ? [`count(${sql})`, 'NULL', 'NULL', 'NULL']
      : [`count(${sql})`, `approx_count_distinct(${sql})`, `CAST(min(${sql}) AS VARCHAR)`, `CAST(max(${sql}) AS VARCHAR)`],
  );
  const [row = []] = await ask(`SELECT count(*), ${facts.join(', ')} FROM ${source}`, signal);
  const rows = Number(row[0]);
  const profiles = columns.map(({ name, type }, at): Profile => {
    const [filled, distinct, least, most] = row.slice(1 + at * 4, 5 + at * 4);
    return {
      name, type, rows, filled: Number(filled), distinct: distinct === null ? null : Math.min(Number(distinct), Number(filled)),
      least: least === null ? null : String(least), most: most === null ? null : String(most), bars: null, common: null,
    };
  });
  const histograms = columns.flatMap(({ sql, kind }, at) => {
    const { least, most } = profiles[at]!;
    if ((kind !== 'number' && kind !== 'time') || least === null || least === most) return [];
    const value = kind === 'time' ? `epoch(${sql})` : `CAST(${sql} AS DOUBLE)`;
    const edge = (text: string) => (kind === 'time' ? `epoch(CAST('${text}' AS ${columns[at]!.type}))` : `CAST('${text}' AS DOUBLE)`);
    const bucket = `least(floor((${value} - ${edge(least)}) * ${BARS} / (${edge(most!)} - ${edge(least)})), ${BARS - 1})`;
    return [{ at, counts: Array.from({ length: BARS }, (_, bar) => `count(*) FILTER (WHERE ${bucket} = ${bar})`) }];
  });
  if (histograms.length > 0 && rows > 0) {
    const [counts = []] = await ask(`SELECT ${histograms.flatMap((one) => one.counts).join(', ')} FROM ${source}`, signal);
    histograms.forEach((one, index) => {
      profiles[one.at]!.bars = counts.slice(index * BARS, (index + 1) * BARS).map(Number);
    });
  }
  const texts = columns.map((column, at) => ({ ...column, at })).filter(({ kind, at }) => kind === 'text' && profiles[at]!.filled > 0);
  if (texts.length > 0) {
    const commonest = texts.map(
      ({ sql, at }) =>
        `SELECT * FROM (SELECT ${at} AS c, left(CAST(${sql} AS VARCHAR), 80) AS v, count(*) AS n FROM ${source} WHERE ${sql} IS NOT NULL GROUP BY 2 ORDER BY n DESC, v LIMIT 3)`,
    );
    for (const [at, value, count] of await ask(commonest.join(' UNION ALL '), signal)) {
      (profiles[Number(at)]!.common ??= []).push({ value: String(value), rows: Number(count) });
    }
    profiles.forEach((one) => one.common?.sort((a, b) => b.rows - a.rows));
  }
  return profiles;
}
