import { Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { sqlName, useTable, type TableRef } from '../api/catalog';
import { useFormats } from '../app/format';
import { Sql } from './ActDialog';
import { Comment } from './Comment';
import classes from './data.module.css';

/** What the table is made of, and the statement that would make it anew. */
export function PropertiesTab({ table }: { table: Omit<TableRef, 'kind'> }) {
  const { t } = useTranslation('table');
  const format = useFormats();
  const { data, error } = useTable(table);
  if (error) return <p role="alert" className={classes.missing}>{error.message}</p>;
  if (!data) return <Loader role="status" size="sm" m="lg" aria-label={t('shell:loading')} />;
  const facts: [string, React.ReactNode][] = [
    [t('facts.comment'), <Comment key="c" text={data.comment ?? null} head={`COMMENT ON TABLE ${sqlName(table)}`} label={t('comment.table')} />],
    [t('facts.rows'), format.count(data.rows ?? 0)],
    [t('facts.size'), `${format.bytes(data.bytes ?? 0)} · ${t('data:facts.files', { count: data.files ?? 0 })}`],
    [t('facts.version'), format.count(data.version ?? 0)],
    [t('facts.created'), `${data.created_at ? format.moment(data.created_at) : ''} · ${data.created_by}`],
    [t('facts.format'), data.format],
    [t('facts.location'), <span key="l" className="mono" style={{ overflowWrap: 'anywhere' }}>{data.location}</span>],
    ...(data.partitioning ? [[t('facts.partitioning'), data.partitioning] as [string, React.ReactNode]] : []),
  ];
  const properties = Object.entries(data.properties ?? {}).filter(([name]) => name !== 'comment');
  return (
    <div className={classes.properties} tabIndex={0} role="region" aria-label={t('tabs.properties')}>
      <dl className={classes.facts}>{facts.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>
      <h2 className="subtitle">{t('definition')}</h2>
      <Sql text={data.definition ?? ''} />
      {properties.length > 0 && (
        <details className={classes.more}>
          <summary>{t('tableProperties', { count: properties.length })}</summary>
          <dl className={classes.facts}>{properties.map(([name, value]) => <div key={name}><dt className="mono">{name}</dt><dd className="mono">{value}</dd></div>)}</dl>
        </details>
      )}
    </div>
  );
}
