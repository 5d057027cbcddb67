import { Button, Loader, MultiSelect, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { rows as load, type Column, type Row, type Statement } from '../../api/statements';
import { useFormats } from '../../app/format';
import { Icon } from '../../app/icons';
import { Chart, type ChartHandle } from './Chart';
import classes from './chart.module.css';
import { automatic, fitted, KINDS, roleOf, SORTS, type ChartSettings } from './choice';
import { chartData, extremes, MAX_ROWS, type ChartData } from './series';
import { chartWords, type ChartWords } from './words';
import { written } from './option';

/** The result as a chart, and what can be chosen of it. */
export default function ChartPane({ statement, settings, onChange }: {
  statement: Statement; settings: ChartSettings | null; onChange: (settings: ChartSettings | null) => void;
}) {
  const { t } = useTranslation('chart');
  const id = statement.statement_id;
  const columns = useMemo(() => (statement.schema ?? []) as Column[], [statement.schema]);
  const { data: rows, error } = useQuery({
    queryKey: ['chart-rows', id],
    queryFn: async ({ signal }) => (await load(id, 0, MAX_ROWS, signal)).rows as Row[],
    staleTime: Infinity,
    gcTime: 60_000,
  });
  const chosen = useMemo(() => (rows ? (fitted(settings, columns) ?? automatic(columns, rows)) : null), [settings, columns, rows]);
  if (error) return <p className={classes.note} role="alert">{error.message}</p>;
  if (!rows) return <div className={classes.note}><Loader role="status" size="sm" aria-label={t('shell:loading')} /></div>;
  if (rows.length === 0) return <p className={classes.note}>{t('noRows')}</p>;
  if (!chosen) return <p className={classes.note}>{t('noNumber')}</p>;
  return <Drawn statement={statement} columns={columns} rows={rows} settings={chosen} own={fitted(settings, columns) !== null} onChange={onChange} />;
}

function Drawn({ statement, columns, rows, settings, own, onChange }: {
  statement: Statement; columns: Column[]; rows: Row[]; settings: ChartSettings; own: boolean; onChange: (settings: ChartSettings | null) => void;
}) {
  const { t, i18n } = useTranslation('chart');
  const chart = useRef<ChartHandle>(null);
  const data = useMemo(() => chartData(settings, columns, rows), [settings, columns, rows]);
  const words = useMemo(() => chartWords(i18n.language, settings, columns, data), [i18n.language, settings, columns, data]);
  const notes = useNotes(statement, data);
  const label = useLabel(settings, data, words);
  const name = settings.y.join('-').replace(/[^\p{L}\p{N}_-]+/gu, '_').slice(0, 60) || 'chart';
  return (
    <div className={classes.pane}>
      <div className={classes.picture}>
        {settings.kind === 'figure' ? (
          <Figure data={data} words={words} label={label} />
        ) : (
          <>
            <p className={classes.heading}><strong>{settings.y.join(', ')}</strong>{settings.x !== null && <span className="quiet"> {t('by', { x: settings.x })}{settings.split !== null && ` · ${settings.split}`}</span>}</p>
            <Chart ref={chart} settings={settings} data={data} words={words} label={label} />
          </>
        )}
        {notes.length > 0 && <p className={classes.notes}>{notes.join(' ')}</p>}
      </div>
      <Settings columns={columns} settings={settings} own={own} onChange={onChange}>
        {settings.kind !== 'figure' && (
          <div className={classes.save}>
            <Button variant="subtle" color="gray" leftSection={<Icon name="download" size={14} />} onClick={() => chart.current?.png(name)}>PNG</Button>
            <Button variant="subtle" color="gray" leftSection={<Icon name="download" size={14} />} onClick={() => chart.current?.svg(name)}>SVG</Button>
          </div>
        )}
      </Settings>
    </div>
  );
}

function Figure({ data, words, label }: { data: ChartData; words: ChartWords; label: string }) {
  const series = data.series[0];
  const point = series?.points[0];
  return (
    <div className={classes.figure} role="img" aria-label={label} data-kind="figure">
      <span className={classes.number}>{point?.y == null ? '∅' : written(point, words)}</span>
      <span className="quiet">{series?.name}</span>
    </div>
  );
}

function useNotes(statement: Statement, data: ChartData): string[] {
  const { t } = useTranslation('chart');
  const format = useFormats();
  const notes: string[] = [];
  const total = statement.total ?? 0;
  if (total > MAX_ROWS) notes.push(t('notes.rows', { drawn: format.count(MAX_ROWS), of: format.count(total) }));
  if (data.bars) notes.push(t('notes.bars', { drawn: format.count(data.bars.drawn), of: format.count(data.bars.of) }));
  if (data.left) notes.push(t('notes.series', { drawn: format.count(data.left.drawn), of: format.count(data.left.of) }));
  if (data.added) notes.push(t('notes.added'));
  return notes;
}

function useLabel(settings: ChartSettings, data: ChartData, words: ChartWords): string {
  const { t } = useTranslation('chart');
  const format = useFormats();
  const ends = extremes(data);
  const y = settings.y.join(', ');
  if (!ends) return t('describe.nothing', { kind: t(`kinds.${settings.kind}`), y });
  if (settings.kind === 'figure') return `${y} ${written(ends.high, words)}`;
  const at = (point: typeof ends.high) => [words.x(point.x), ...(data.series.length > 1 ? [point.series] : [])].join(', ');
  return t('describe.chart', {
    kind: t(`kinds.${settings.kind}`), y, x: settings.x ?? t('rowNumber'), count: ends.count, shown: format.count(ends.count),
    high: written(ends.high, words), highAt: at(ends.high), low: written(ends.low, words), lowAt: at(ends.low),
  });
}

function Settings({ columns, settings, own, onChange, children }: {
  columns: Column[]; settings: ChartSettings; own: boolean; onChange: (settings: ChartSettings | null) => void; children: React.ReactNode;
}) {
  const { t } = useTranslation('chart');
  const change = (part: Partial<ChartSettings>) => onChange({ ...settings, ...part });
  const drawable = columns.filter((column) => roleOf(column.type) !== 'other').map((column) => column.name);
  const numbers = columns.filter((column) => roleOf(column.type) === 'number').map((column) => column.name);
  const figure = settings.kind === 'figure';
  const xRole = roleOf(columns.find((column) => column.name === settings.x)?.type ?? 'INTEGER');
  const sortable = !figure && (settings.kind === 'bar' || xRole === 'category');
  return (
    <div className={classes.settings}>
      <Select label={t('kind')} data={KINDS.map((kind) => ({ value: kind, label: t(`kinds.${kind}`) }))} value={settings.kind} allowDeselect={false} onChange={(kind) => kind && change({ kind: kind as ChartSettings['kind'] })} />
      {!figure && <Select label={t('x')} data={[{ value: '', label: t('rowNumber') }, ...drawable.map((name) => ({ value: `c${name}`, label: name }))]} value={settings.x === null ? '' : `c${settings.x}`} allowDeselect={false} onChange={(x) => change({ x: x ? x.slice(1) : null })} />}
      <MultiSelect size="xs" label={t('y')} data={numbers} value={settings.y} maxValues={figure ? 1 : 12} onChange={(y) => y.length > 0 && change({ y: figure ? y.slice(-1) : y, ...(y.length > 1 ? { split: null } : {}) })} />
      {!figure && <Select label={t('split')} data={[{ value: '', label: t('none') }, ...drawable.filter((name) => name !== settings.x).map((name) => ({ value: `c${name}`, label: name }))]} value={settings.split === null ? '' : `c${settings.split}`} allowDeselect={false} onChange={(split) => change({ split: split ? split.slice(1) : null, ...(split ? { y: settings.y.slice(0, 1) } : {}) })} />}
      {sortable && <Select label={t('sort')} data={SORTS.map((sort) => ({ value: sort, label: t(`sorts.${sort}`) }))} value={settings.sort} allowDeselect={false} onChange={(sort) => sort && change({ sort: sort as ChartSettings['sort'] })} />}
      <div className={classes.foot}>
        {own && <Button variant="subtle" color="gray" onClick={() => onChange(null)}>{t('automatic')}</Button>}
        {children}
      </div>
    </div>
  );
}
