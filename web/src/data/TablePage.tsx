import { ActionIcon, Button, Loader, Menu, Tabs } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sqlName, useHistory, useTable, useTree, useView, type TableRef } from '../api/catalog';
import { useFormats } from '../app/format';
import { Icon } from '../app/icons';
import { go, modelPath, tablePath, useLocation } from '../app/router';
import { follow } from '../app/Shell';
import { openQuery } from '../sql/tabs';
import { DropDialog, RenameDialog, useClassifier } from './acts';
import { ColumnsTab } from './ColumnsTab';
import classes from './data.module.css';
import { PropertiesTab } from './PropertiesTab';
import { Sample } from './Sample';
import { VersionsTab } from './VersionsTab';
import { ViewTab } from './ViewTab';

type Name = Omit<TableRef, 'kind'>;

export function TablePage({ table, onLoad }: { table: Name; onLoad: () => void }) {
  const { t } = useTranslation('data');
  const format = useFormats();
  const { query } = useLocation();
  const tree = useTree();
  const kind = tree.data
    ?.find((one) => one.catalog === table.catalog && one.schema === table.schema)
    ?.objects.find((one) => one.name === table.name)?.kind;
  const stored = kind === 'table' && table.catalog !== 'system';
  const version = stored && query.has('version') ? Number(query.get('version')) : null;
  const [tab, setTab] = useState(version === null ? 'sample' : 'history');
  if (tree.isPending) return <Loader role="status" size="sm" m="lg" aria-label={t('shell:loading')} />;
  if (!kind) return <p className={classes.missing}>{t('missing', { name: sqlName(table) })}</p>;
  const source = version === null ? sqlName(table) : `${sqlName(table)} AT (VERSION => ${Math.trunc(version)})`;
  const travel = (to: number | null) => {
    go(tablePath(table) + (to === null ? '' : `?version=${to}`));
    setTab('history');
  };
  return (
    <div className={classes.tablePage}>
      <header className={classes.head}>
        <div style={{ minWidth: 0 }}>
          <p className="quiet small" style={{ margin: 0 }}>{table.catalog}.{table.schema} · {t(`kinds.${kind}`)}</p>
          <h1 className="title clip">{table.name}</h1>
          {stored && <TableFacts table={table} />}
        </div>
        <div className={classes.headActs}>
          {kind !== 'model' && <Button size="sm" leftSection={<Icon name="sql" />} onClick={() => openQuery(`SELECT *\nFROM ${source}\nLIMIT 100`)}>{t('query')}</Button>}
          {kind === 'model' && <Button size="sm" component="a" href={modelPath(table)} onClick={(event: React.MouseEvent<HTMLAnchorElement>) => follow(event, modelPath(table))}>{t('table:openModel')}</Button>}
          {table.catalog !== 'system' && kind !== 'model' && <Acts table={table} view={kind === 'view'} onLoad={onLoad} />}
        </div>
      </header>
      {version !== null && tab !== 'history' && (
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
            {stored && <Tabs.Tab value="properties">{t('table:tabs.properties')}</Tabs.Tab>}
            {kind === 'view' && <Tabs.Tab value="definition">{t('table:tabs.definition')}</Tabs.Tab>}
          </Tabs.List>
          <Tabs.Panel value="sample"><Sample source={source} /></Tabs.Panel>
          <Tabs.Panel value="columns"><ColumnsTab source={source} table={stored && version === null ? table : undefined} /></Tabs.Panel>
          {stored && <Tabs.Panel value="history"><VersionsTab table={table} version={version} onTravel={travel} /></Tabs.Panel>}
          {stored && <Tabs.Panel value="properties"><PropertiesTab table={table} /></Tabs.Panel>}
          {kind === 'view' && <Tabs.Panel value="definition"><ViewTab view={table} /></Tabs.Panel>}
        </Tabs>
      )}
    </div>
  );
}

function Acts({ table, view, onLoad }: { table: Name; view: boolean; onLoad: () => void }) {
  const { t } = useTranslation('data');
  const [open, setOpen] = useState<'rename' | 'drop' | null>(null);
  const classify = useClassifier(table);
  return (
    <>
      <Menu position="bottom-end" withinPortal transitionProps={{ duration: 80 }}>
        <Menu.Target><ActionIcon size={34} variant="default" aria-label={t('table:more')}><Icon name="more" /></ActionIcon></Menu.Target>
        <Menu.Dropdown>
          {!view && <Menu.Item leftSection={<Icon name="upload" />} onClick={onLoad}>{t('table:loadMore')}</Menu.Item>}
          {!view && <Menu.Item leftSection={<Icon name="model" />} onClick={classify}>{t('table:classifier')}</Menu.Item>}
          {!view && <Menu.Item leftSection={<Icon name="pen" />} onClick={() => setOpen('rename')}>{t('table:rename.open')}</Menu.Item>}
          <Menu.Item leftSection={<Icon name="close" />} onClick={() => setOpen('drop')}>{t('table:drop.open')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {open === 'rename' && <RenameDialog table={table} onClose={() => setOpen(null)} />}
      {open === 'drop' && (view ? <DropView table={table} onClose={() => setOpen(null)} /> : <DropDialog table={table} view={false} onClose={() => setOpen(null)} />)}
    </>
  );
}

function DropView({ table, onClose }: { table: Name; onClose: () => void }) {
  return <DropDialog table={table} view definition={useView(table).data?.query} onClose={onClose} />;
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
