import { Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useState } from 'react';
import { quoted, sqlName, useTable, type TableRef } from '../api/catalog';
import { useFormats } from '../app/format';
import { textOf, typeName } from '../sql/values';
import { Icon } from '../app/icons';
import { ColumnDetail } from './ColumnDetail';
import { Comment } from './Comment';
import classes from './data.module.css';
import { profile, type Profile } from './profile';

/** Each column with its type, how full it is, and a small picture of its values. */
export function ColumnsTab({ source, table }: { source: string; table?: Omit<TableRef, 'kind'> }) {
  const { t } = useTranslation('data');
  const { data, error } = useQuery({
    queryKey: ['catalog', 'profile', source],
    queryFn: ({ signal }) => profile(source, signal),
    staleTime: 10 * 60_000,
    retry: false,
  });
  if (error) return <p role="alert" className={classes.missing}>{error.message}</p>;
  if (!data) return <p className={classes.missing}><Loader role="status" size="xs" mr="sm" />{t('profiling')}</p>;
  return (
    <div className={classes.profileBox} tabIndex={0} role="region" aria-label={t('tabs.columns')}>
      <table className={classes.profile}>
        <thead>
          <tr>
            <th scope="col">{t('profile.column')}</th>
            <th scope="col">{t('profile.type')}</th>
            <th scope="col" className={classes.right}>{t('profile.filled')}</th>
            <th scope="col" className={classes.right}>{t('profile.distinct')}</th>
            <th scope="col">{t('profile.values')}</th>
            {table && <th scope="col">{t('table:facts.comment')}</th>}
          </tr>
        </thead>
        <tbody>{data.map((column) => <Line key={column.name} column={column} source={source} table={table} />)}</tbody>
      </table>
    </div>
  );
}

function Line({ column, source, table }: { column: Profile; source: string; table?: Omit<TableRef, 'kind'> }) {
  const { t } = useTranslation('data');
  const format = useFormats();
  const [open, setOpen] = useState(false);
  return (
    <>
    <tr>
      <th scope="row">
        <button className={classes.unfold} aria-expanded={open} onClick={() => setOpen(!open)}>
          <span className={classes.chevron} data-open={open || undefined}><Icon name="chevron" size={12} /></span>
          <span>{column.name}</span>
        </button>
      </th>
      <td className="quiet">{typeName(column.type)}</td>
      <td className={classes.right}>{column.rows === 0 ? '∅' : format.percent(column.filled / column.rows)}{column.rows > column.filled && <div className="facts">{t('table:column.nulls', { count: column.rows - column.filled, shown: format.count(column.rows - column.filled) })}</div>}</td>
      <td className={classes.right}>{column.distinct === null ? '' : `${column.distinct > 100 ? '≈\u00a0' : ''}${format.count(column.distinct)}`}</td>
      <td><Values column={column} /></td>
      {table && <td className={classes.commentCell}><ColumnComment table={table} name={column.name} /></td>}
    </tr>
    {open && <tr><td colSpan={table ? 6 : 5} className={classes.detail}><ColumnDetail column={column} source={source} /></td></tr>}
    </>
  );
}

function ColumnComment({ table, name }: { table: Omit<TableRef, 'kind'>; name: string }) {
  const { t } = useTranslation('data');
  const comment = useTable(table).data?.columns?.find((column) => column.name === name)?.comment ?? null;
  return <Comment quietly text={comment} head={`COMMENT ON COLUMN ${sqlName(table)}.${quoted(name)}`} label={t('table:comment.column', { name })} />;
}

function Values({ column }: { column: Profile }) {
  const { t } = useTranslation('data');
  const format = useFormats();
  if (column.bars) {
    const highest = Math.max(...column.bars, 1);
    return (
      <div className={classes.histogram}>
        <svg viewBox="0 0 120 28" width="120" height="28" role="img" aria-label={t('profile.picture', { name: column.name })}>
          {column.bars.map((count, at) => {
            const height = count === 0 ? 0 : Math.max(1.5, (count / highest) * 26);
            return <rect key={at} x={at * 10} y={28 - height} width="8.500" height={height} rx="1" fill="var(--tide)"><title>{format.count(count)}</title></rect>;
          })}
        </svg>
        <span className="facts">{textOf(column.least, column.type)} – {textOf(column.most, column.type)}</span>
      </div>
    );
  }
  if (column.common && column.common[0] && column.common[0].rows > 1) {
    return (
      <ul className={classes.common}>
        {column.common.map(({ value, rows }) => (
          <li key={value}>
            <span className={classes.share} style={{ width: `${Math.max(2, (rows / column.rows) * 100)}%` }} />
            <span className="clip">{value}</span>
            <span className="facts">{format.percent(rows / column.rows)}</span>
          </li>
        ))}
      </ul>
    );
  }
  if (column.least === null) return <span className="quiet">∅</span>;
  return <span className="facts clip" style={{ display: 'block', maxWidth: 320 }}>{column.least === column.most ? column.least : `${column.least.slice(0, 40)} – ${column.most?.slice(0, 40)}`}</span>;
}
