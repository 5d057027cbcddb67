import { Button, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sqlName, useView, type TableRef } from '../api/catalog';
import { perform } from '../api/statements';
import { useFormats } from '../app/format';
import { tablePath } from '../app/router';
import { follow } from '../app/Shell';
import { OWN } from '../api/statements';
import { Sql } from './ActDialog';
import { ViewDialog } from './acts';
import { Comment } from './Comment';
import classes from './data.module.css';

/** What a view is: its query, and the tables that it reads. */
export function ViewTab({ view }: { view: Omit<TableRef, 'kind'> }) {
  const { t } = useTranslation('table');
  const format = useFormats();
  const { data, error } = useView(view);
  const [editing, setEditing] = useState(false);
  // A statement says which versions it read; those are the tables behind the view.
  const reads = useQuery({
    queryKey: ['catalog', 'reads', sqlName(view), data?.query],
    enabled: data !== undefined,
    retry: false,
    queryFn: async () => Object.keys((await perform(`${OWN}SELECT * FROM ${sqlName(view)} LIMIT 0`)).pinned ?? {}),
  });
  if (error) return <p role="alert" className={classes.missing}>{error.message}</p>;
  if (!data) return <Loader role="status" size="sm" m="lg" aria-label={t('shell:loading')} />;
  return (
    <div className={classes.properties} tabIndex={0} role="region" aria-label={t('tabs.definition')}>
      <dl className={classes.facts}>
        <div><dt>{t('facts.comment')}</dt><dd><Comment text={data.comment ?? null} head={`COMMENT ON VIEW ${sqlName(view)}`} label={t('comment.view')} /></dd></div>
        <div><dt>{t('facts.created')}</dt><dd>{data.created_at ? format.moment(data.created_at) : ''} · {data.created_by}</dd></div>
        <div>
          <dt>{t('facts.reads')}</dt>
          <dd>
            {reads.error && <span className={classes.rust}>{reads.error.message}</span>}
            {reads.data?.length === 0 && <span className="quiet">{t('view.readsNothing')}</span>}
            {reads.data?.map((name) => {
              const [catalog = '', schema = '', table = ''] = name.split('.').map((part) => part.replaceAll('"', ''));
              const path = tablePath({ catalog, schema, name: table });
              return <a key={name} className={classes.read} href={path} onClick={(event) => follow(event, path)}>{name}</a>;
            })}
          </dd>
        </div>
      </dl>
      <h2 className="subtitle">{t('view.query')}</h2>
      <Sql text={data.query ?? ''} />
      <Button mt="sm" variant="default" onClick={() => setEditing(true)}>{t('view.edit')}</Button>
      {editing && <ViewDialog name={view} query={data.query ?? ''} onClose={() => setEditing(false)} />}
    </div>
  );
}
