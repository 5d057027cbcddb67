import { useDebouncedValue } from '@mantine/hooks';
import { useQueries, useQueryClient } from '@tanstack/react-query';
import { observeElementOffset, useVirtualizer } from '@tanstack/react-virtual';
import { lazy, Suspense, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { rows as load, type Column, type Row, type Statement } from '../api/statements';
import classes from './grid.module.css';
import { Origin } from './Origin';
import { drawnHeight, revealed, stretch, stretched } from './tall';
import { numeric, textOf, typeName } from './values';

const Reader = lazy(() => import('./Reader'));

const PAGE = 200;
const ROW = 28;
const SHOWN = 300;
const NUMBER = 56;
const HEAD = 46;

/** The rows of a finished statement. Only what is seen is fetched and drawn. */
export function ResultGrid({ statement }: { statement: Statement }) {
  const { t } = useTranslation();
  const id = statement.statement_id;
  const total = statement.total ?? 0;
  const columns = useMemo(() => (statement.schema ?? []) as Column[], [statement.schema]);
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState({ row: 0, column: 0 });
  const [reader, setReader] = useState<{ column: Column; text: string } | null>(null);
  const client = useQueryClient();
  const page = (index: number) => ({
    queryKey: ['rows', id, index],
    queryFn: async ({ signal }: { signal: AbortSignal }) => (await load(id, index * PAGE, PAGE, signal)).rows as Row[],
    staleTime: Infinity,
    gcTime: 60_000,
    enabled: total > 0,
  });
  const height = total * ROW;
  const observe = useMemo(() => stretched(height, observeElementOffset), [height]);
  const vertical = useVirtualizer({ count: total, getScrollElement: () => scroller.current, estimateSize: () => ROW, overscan: 10, observeElementOffset: observe });
  const drawn = drawnHeight(height);
  const factor = scroller.current ? stretch(scroller.current, height, drawn) : 1;
  const shift = (vertical.scrollOffset ?? 0) * (1 - 1 / factor);
  const items = vertical.getVirtualItems();
  const first = Math.floor((items[0]?.index ?? 0) / PAGE);
  const last = Math.floor((items.at(-1)?.index ?? 0) / PAGE);
  // While one drags the bar through a million rows, nothing is fetched but where one stops.
  const [wanted] = useDebouncedValue(`${first}-${last}`, 80);
  const [from, to] = wanted.split('-').map(Number) as [number, number];
  const pages = useQueries({ queries: Array.from({ length: to - from + 1 }, (_, at) => page(from + at)) });
  const firstRows = pages[0]?.data;
  const widths = useWidths(columns, from === 0 ? firstRows : client.getQueryData<Row[]>(['rows', id, 0]));
  const across = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => widths[index] ?? 120,
    paddingStart: NUMBER,
    overscan: 3,
  });
  const widthKey = widths.join();
  const measured = useRef(widthKey);
  if (measured.current !== widthKey) {
    measured.current = widthKey;
    across.measure();
  }
  const shown = across.getVirtualItems();
  const row = (index: number) => client.getQueryData<Row[]>(['rows', id, Math.floor(index / PAGE)])?.[index % PAGE];

  const read = (at: { row: number; column: number }) => {
    const column = columns[at.column];
    const text = column && textOf(row(at.row)?.[at.column], column.type);
    if (column && text !== null && text !== undefined) setReader({ column, text });
  };
  const move = (event: React.KeyboardEvent) => {
    const step = Math.max(1, Math.floor((scroller.current?.clientHeight ?? ROW) / ROW) - 2);
    const next = { ...active };
    switch (event.key) {
      case 'ArrowDown': next.row += 1; break;
      case 'ArrowUp': next.row -= 1; break;
      case 'ArrowRight': next.column += 1; break;
      case 'ArrowLeft': next.column -= 1; break;
      case 'PageDown': next.row += step; break;
      case 'PageUp': next.row -= step; break;
      case 'Home': if (event.ctrlKey) next.row = 0; next.column = 0; break;
      case 'End': if (event.ctrlKey) next.row = total - 1; next.column = columns.length - 1; break;
      case 'Enter': read(active); event.preventDefault(); return;
      default: return;
    }
    event.preventDefault();
    next.row = Math.min(Math.max(next.row, 0), total - 1);
    next.column = Math.min(Math.max(next.column, 0), columns.length - 1);
    setActive(next);
    const top = scroller.current && revealed(scroller.current, { top: next.row * ROW, size: ROW }, HEAD, factor);
    if (top !== undefined) scroller.current?.scrollTo({ top: top ?? 0 });
    across.scrollToIndex(next.column);
  };

  return (
    <>
      <div
        ref={scroller}
        className={classes.scroller}
        role="grid"
        tabIndex={0}
        aria-label={t('sql:result')}
        aria-rowcount={total + 1}
        aria-colcount={columns.length}
        aria-activedescendant={total > 0 ? `cell-${id}-${active.row}-${active.column}` : undefined}
        onKeyDown={move}
      >
        <div role="rowgroup" className={classes.head} style={{ width: across.getTotalSize() }}>
          <div role="row" className={classes.headRow}>
            {shown.map((item) => (
              <Head key={item.index} statement={statement} column={columns[item.index]!} left={item.start} width={item.size} index={item.index} />
            ))}
          </div>
        </div>
        <div role="rowgroup" className={classes.body} style={{ height: drawn, width: across.getTotalSize() }}>
          {items.map((item) => {
            const values = row(item.index);
            return (
              <div key={item.index} role="row" aria-rowindex={item.index + 2} className={classes.row} style={{ transform: `translateY(${item.start - shift}px)` }}>
                <span className={classes.number} aria-hidden>{item.index + 1}</span>
                {shown.map((cell) => (
                  <Cell
                    key={cell.index}
                    id={`cell-${id}-${item.index}-${cell.index}`}
                    column={columns[cell.index]!}
                    index={cell.index}
                    known={values !== undefined}
                    value={values?.[cell.index]}
                    left={cell.start}
                    width={cell.size}
                    active={active.row === item.index && active.column === cell.index}
                    onChoose={() => setActive({ row: item.index, column: cell.index })}
                    onRead={() => read({ row: item.index, column: cell.index })}
                  />
                ))}
              </div>
            );
          })}
        </div>
      </div>
      {reader && <Suspense><Reader column={reader.column} text={reader.text} onClose={() => setReader(null)} /></Suspense>}
    </>
  );
}

/** Their figures and dashes are all of one width, that of a wide one. */
const DATED = /^(date|time)/i;

function useWidths(columns: Column[], rows: Row[] | undefined): number[] {
  return useMemo(
    () =>
      columns.map((column, at) => {
        const longest = (rows ?? []).slice(0, 50).reduce((most, row) => Math.max(most, textOf(row[at], column.type)?.length ?? 1), 0);
        const head = Math.max(column.name.length * 8, typeName(column.type).length * 6.8) + (column.ai ? 22 : 0);
        return Math.round(Math.min(360, Math.max(72, head + 26, longest * (numeric(column.type) || DATED.test(column.type) ? 8.6 : 8) + 28)));
      }),
    [columns, rows],
  );
}

function Head({ statement, column, left, width, index }: { statement: Statement; column: Column; left: number; width: number; index: number }) {
  return (
    <div role="columnheader" aria-colindex={index + 1} className={classes.headCell} data-number={numeric(column.type) || undefined} style={{ left, width }}>
      <span className="clip" title={column.name}>
        {column.ai && <Origin name={column.ai} statement={statement} />}
        {column.name}
      </span>
      <span className={classes.type}>{typeName(column.type)}</span>
    </div>
  );
}

function Cell(props: {
  id: string; column: Column; index: number; known: boolean; value: unknown; left: number; width: number; active: boolean;
  onChoose: () => void; onRead: () => void;
}) {
  const text = props.known ? textOf(props.value, props.column.type) : '';
  return (
    <div
      id={props.id}
      role="gridcell"
      aria-colindex={props.index + 1}
      aria-selected={props.active}
      className={classes.cell}
      data-number={numeric(props.column.type) || undefined}
      data-active={props.active || undefined}
      style={{ left: props.left, width: props.width }}
      onClick={props.onChoose}
      onDoubleClick={props.onRead}
    >
      {!props.known ? <span className={classes.waiting} /> : text === null ? <span className={classes.none} aria-label="null">∅</span> : text.slice(0, SHOWN)}
    </div>
  );
}
