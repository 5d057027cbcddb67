import { Button, Loader, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sqlName, useHistory, useTable, useTree, type TableRef } from '../api/catalog';
import { OWN, submit, useStatement } from '../api/statements';
import { useFormats } from '../app/format';
import { Icon } from '../app/icons';
import { go, tablePath, useLocation } from '../app/router';
import { ResultGrid } from '../sql/ResultGrid';
import { openQuery } from '../sql/tabs';
import { ColumnsTab } from './ColumnsTab';
import classes from './data.module.css';
import { VersionsTab } from './VersionsTab';

type Name = Omit<TableRef, 'kind'>;
const SAMPLE = 1000;

export function TablePage({ table }: { table: Name }) {
  const { t } = useTranslation('data');
  const format = useFormats();
  const { query } = useLocation();
  const tree = useTree();
  const kind = tree.data
    ?.find((one) => one.catalog === table.catalog && one.schema === table.schema)
    ?.objects.find((one) => one.name === table.name)?.kind;
  const stored = kind === 'table' && table.catalog !== 'system';
  const version = stored && query.has('version') ? Number(query.get('version')) : null;
  const [tab, setTab] = useState('sample');
  if (tree.isPending) return <Loader role="status" size="sm" m="lg" aria-label={t('shell:loading')} />;
  if (!kind) return <p className={classes.missing}>{t('missing', { name: sqlName(table) })}</p>;
  const source = version === null ? sqlName(table) : `${sqlName(table)} AT (VERSION => ${Math.trunc(version)})`;
  const travel = (to: number | null) => {
    go(tablePath(table) + (to === null ? '' : `?version=${to}`));
    setTab('sample');
  };
  return (
    <div className={classes.tablePage}>
      <header className={classes.head}>
        <div style={{ minWidth: 0 }}>
          <p className="quiet small" style={{ margin: 0 }}>{table.catalog}.{table.schema} · {t(`kinds.${kind}`)}</p>
          <h1 className="title clip">{table.name}</h1>
          {stored && <TableFacts table={table} />}
        </div>
        {kind !== 'model' && <Button size="sm" leftSection={<Icon name="sql" />} onClick={() => openQuery(`SELECT *\nFROM ${source}\nLIMIT 100`)}>{t('query')}</Button>}
      </header>
      {version !== null && (
        <div className={classes.travel} role="status">
          <Icon name="history" /> <span>{t('travel.at', { version: format.count(version) })}</span>
          <Button variant="subtle" size="compact-sm" onClick={() => travel(null)}>{t('travel.back')}</Button>
        </div>
      )}
      {kind === 'model' ? <p className={classes.missing}>{t('modelNote')}</p> : (
        <Tabs value={tab} onChange={(value) => setTab(value ?? 'sample')} keepMounted={false} classNames={{ root: classes.tabs, panel: classes.panel, list: classes.tabList }}>
          <Tabs.List>
            <Tabs.Tab value="sample">{t('tabs.sample')}</Tabs.Tab>
            <Tabs.Tab value="columns">{t('tabs.columns')}</Tabs.Tab>
            {stored && <Tabs.Tab value="history">{t('tabs.history')}</Tabs.Tab>}
          </Tabs.List>
          <Tabs.Panel value="sample"><Sample source={source} /></Tabs.Panel>
          <Tabs.Panel value="columns"><ColumnsTab source={source} /></Tabs.Panel>
          {stored && <Tabs.Panel value="history"><VersionsTab table={table} version={version} onTravel={travel} /></Tabs.Panel>}
        </Tabs>
      )}
    </div>
  );
}

function TableFacts({ table }: { table: Name }) {
  const { t } = useTranslation('data');
  const format = useFormats();
  const { data } = useTable(table);
  const versions = useHistory(table).data;
  if (!data) return null;
  const newest = versions?.reduce((a, b) => ((b.version ?? 0) > (a.version ?? 0) ? b : a), versions[0]!);
  return (
    <p className="facts" style={{ margin: 0 }}>
      {t('facts.columns', { count: data.columns?.length ?? 0 })} · {t('facts.version', { version: format.count(data.version ?? 0) })} · {t('facts.files', { count: data.files ?? 0 })}
      {newest?.committed_at && ` · ${t('facts.changed', { when: format.moment(newest.committed_at) })}`}
    </p>
  );
}

function Sample({ source }: { source: string }) {
  const { t } = useTranslation('data');
  const started = useQuery({
    queryKey: ['catalog', 'sample', source],
    queryFn: () => submit(`${OWN}SELECT * FROM ${source} LIMIT ${SAMPLE}`),
    staleTime: 10 * 60_000,
  });
  const { data } = useStatement(started.data?.statement_id ?? null);
  const error = started.error ?? (data?.error ? new Error(data.error.message) : null);
  if (error) return <p role="alert" className={classes.missing}>{error.message}</p>;
  if (data?.state !== 'FINISHED') return <Loader role="status" size="sm" m="lg" aria-label={t('shell:loading')} />;
  if ((data.total ?? 0) === 0) return <p className={classes.missing}>{t('noRows')}</p>;
  return <ResultGrid key={data.statement_id} statement={data} />;
}
