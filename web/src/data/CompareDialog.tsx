import { Loader, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { quoted, sqlName, type TableRef } from '../api/catalog';
import { ask, type Row } from '../api/statements';
import { useFormats } from '../app/format';
import { textOf, typeName } from '../sql/values';
import classes from './history.module.css';

const SHOWN = 20;
type Column = { name: string; type: string };
type Difference = { shared: Column[]; gone: Column[]; come: Column[]; changed: [Column, Column][]; added: Side; deleted: Side };
type Side = { count: number; rows: Row[] };

async function columnsOf(source: string, signal: AbortSignal): Promise<Column[]> {
  return (await ask(`DESCRIBE SELECT * FROM ${source}`, signal)).map((row) => ({ name: String(row[0]), type: String(row[1]) }));
}

async function side(list: string, from: string, without: string, signal: AbortSignal): Promise<Side> {
  const query = `SELECT ${list} FROM ${from} EXCEPT ALL SELECT ${list} FROM ${without}`;
  const [[count = 0] = []] = await ask(`SELECT count(*) FROM (${query})`, signal);
  return { count: Number(count), rows: Number(count) === 0 ? [] : await ask(`SELECT * FROM (${query}) LIMIT ${SHOWN}`, signal) };
}

/** What became of a version: rows by their values, columns by their names. */
async function difference(table: Omit<TableRef, 'kind'>, version: number, now: number, signal: AbortSignal): Promise<Difference> {
  const [then, current] = [version, now].map((one) => `${sqlName(table)} AT (VERSION => ${Math.trunc(one)})`) as [string, string];
  const [before, after] = await Promise.all([columnsOf(then, signal), columnsOf(current, signal)]);
  const find = (list: Column[], name: string) => list.find((one) => one.name === name);
  const shared = after.filter((one) => find(before, one.name));
  const list = shared.map((one) => quoted(one.name)).join(', ') || '1';
  const [added, deleted] = await Promise.all([side(list, current, then, signal), side(list, then, current, signal)]);
  return {
    shared,
    gone: before.filter((one) => !find(after, one.name)),
    come: after.filter((one) => !find(before, one.name)),
    changed: shared.flatMap((one) => {
      const old = find(before, one.name)!;
      return old.type === one.type ? [] : [[old, one] as [Column, Column]];
    }),
    added,
    deleted,
  };
}

/** Two versions side by side. */
export function CompareDialog({ table, version, now, onClose }: { table: Omit<TableRef, 'kind'>; version: number; now: number; onClose: () => void }) {
  const { t } = useTranslation('table');
  const { data, error } = useQuery({ queryKey: ['catalog', 'compare', sqlName(table), version, now], queryFn: ({ signal }) => difference(table, version, now, signal), retry: false });
  return (
    <Modal opened onClose={onClose} size={900} title={<span className="title">{t('compare.title', { version, now })}</span>} closeButtonProps={{ 'aria-label': t('shell:close') }}>
      {error && <p role="alert">{error.message}</p>}
      {!data && !error && <p className="quiet"><Loader role="status" size="xs" mr="sm" />{t('compare.reading')}</p>}
      {data && (
        <>
          <Columns {...data} />
          <Rows label={t('compare.added', { count: data.added.count })} side={data.added} columns={data.shared} sign="+" />
          <Rows label={t('compare.deleted', { count: data.deleted.count })} side={data.deleted} columns={data.shared} sign="−" />
        </>
      )}
    </Modal>
  );
}

function Columns({ gone, come, changed }: Difference) {
  const { t } = useTranslation('table');
  if (gone.length + come.length + changed.length === 0) return <p className="quiet" style={{ marginTop: 0 }}>{t('compare.sameColumns')}</p>;
  return (
    <ul style={{ margin: '0 0 12px', paddingLeft: 18 }}>
      {come.map((one) => <li key={one.name}>{t('compare.columnCome', { name: one.name, type: typeName(one.type) })}</li>)}
      {gone.map((one) => <li key={one.name}>{t('compare.columnGone', { name: one.name, type: typeName(one.type) })}</li>)}
      {changed.map(([old, one]) => <li key={one.name}>{t('compare.columnChanged', { name: one.name, from: typeName(old.type), to: typeName(one.type) })}</li>)}
    </ul>
  );
}

function Rows({ label, side, columns, sign }: { label: string; side: Side; columns: Column[]; sign: string }) {
  const { t } = useTranslation('table');
  const format = useFormats();
  return (
    <section>
      <h2 className="subtitle">{label}</h2>
      {side.rows.length > 0 && (
        <div className={classes.compared} tabIndex={0} role="region" aria-label={label}>
          <table>
            <thead><tr><td />{columns.map((one) => <th key={one.name} scope="col">{one.name}</th>)}</tr></thead>
            <tbody>
              {side.rows.map((row, at) => (
                <tr key={at}>
                  <td className={sign === '+' ? classes.added : classes.deleted}>{sign}</td>
                  {columns.map((one, column) => <td key={one.name}>{textOf(row[column], one.type) ?? <span className="quiet">∅</span>}</td>)}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {side.count > SHOWN && <p className="facts">{t('compare.more', { shown: format.count(side.count - SHOWN) })}</p>}
    </section>
  );
}
