import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sqlName } from '../api/catalog';
import { ApiError, type ServerError } from '../api/client';
import { ended, submit, useStatement } from '../api/statements';
import { useJobs } from '../app/jobs';
import { Icon } from '../app/icons';
import { useStored } from '../app/stored';
import { CatalogTree } from '../data/CatalogTree';
import { Editor, type EditorHandle } from './Editor';
import { mended, mends, placeOf } from './errorPlace';
import { ResultPane } from './ResultPane';
import { RunBar } from './RunBar';
import classes from './sql.module.css';
import { TabBar } from './TabBar';
import type { ChartChoice } from './chart/choice';
import { TABLE, useTabs } from './tabs';

const ViewDialog = lazy(() => import('../data/acts').then((acts) => ({ default: acts.ViewDialog })));
const HistoryDrawer = lazy(() => import('./HistoryDrawer'));

const QUERY = /^\s*(?:--[^\n]*\n\s*)*(select|with|from)\b/i;
const CHANGES = /^\s*(create|drop|alter|insert|update|delete|merge|load|restore|undrop|truncate|call)\b/i;

export default function SqlPage() {
  const { t } = useTranslation('sql');
  const client = useQueryClient();
  const tabs = useTabs();
  const { active } = tabs;
  const narrow = useMediaQuery('(max-width: 900px)') ?? false;
  const [wideTree, setWideTree] = useStored('sql.tree', true);
  const [narrowTree, setNarrowTree] = useState(false);
  const treeOpen = narrow ? narrowTree : wideTree;
  const [historyOpen, setHistoryOpen] = useState(false);
  const [view, setView] = useState<string | null>(null);
  const [refused, setRefused] = useState<{ tab: string; error: ServerError } | null>(null);
  const editor = useRef<EditorHandle>(null);
  const jobs = useJobs();
  const { data: statement, error: gone } = useStatement(active.run?.statement ?? null);
  const running = statement !== undefined && !ended(statement);
  const chart = { chart: active.chart ?? TABLE, onChart: (chosen: ChartChoice) => tabs.update(active.id, { chart: chosen }) };

  const run = async () => {
    const piece = editor.current?.chosen();
    if (!piece || running) return;
    setRefused(null);
    try {
      const started = await submit(piece.text);
      client.setQueryData(['statement', started.statement_id], started);
      tabs.update(active.id, { run: { statement: started.statement_id, from: piece.from, text: piece.text } });
      if (!ended(started)) jobs.start({ id: started.statement_id, label: piece.text.replace(/\s+/g, ' ').slice(0, 120) });
    } catch (error) {
      if (error instanceof ApiError) setRefused({ tab: active.id, error: error.body });
    }
  };

  const over = ended(statement) ? statement?.statement_id : undefined;
  const changed = CHANGES.test(active.run?.text ?? '');
  useEffect(() => {
    if (over && changed) void client.invalidateQueries({ queryKey: ['catalog'] });
  }, [over, changed, client]);

  const error = refused?.tab === active.id ? refused.error : statement?.state === 'FAILED' ? statement.error : undefined;
  const at = useMemo(() => {
    if (!error || !active.run) return null;
    const { from, text } = active.run;
    // Once the text was edited, the place no longer holds.
    if (active.text.slice(from, from + text.length) !== text) return null;
    const place = placeOf(error, text);
    return place ? { from: from + place.from, to: from + place.to } : null;
  }, [error, active.run, active.text]);
  const mark = useMemo(() => (at && error ? { ...at, message: error.message } : null), [at, error]);
  const line = at ? active.text.slice(0, at.from).split('\n').length : null;

  return (
    <div className={classes.page} data-tree={treeOpen || undefined}>
      <h1 className="unseen">{t('title')}</h1>
      {treeOpen && (
        <aside className={classes.side} aria-label={t('catalog')}>
          <CatalogTree
            columns
            onPick={(table) => {
              editor.current?.insert(sqlName(table));
              setNarrowTree(false);
            }}
            onColumn={(text) => editor.current?.insert(text)}
          />
        </aside>
      )}
      <div className={classes.bench}>
        <div className={classes.top}>
          <Tooltip label={t(treeOpen ? 'treeClose' : 'treeOpen')}>
            <ActionIcon aria-label={t(treeOpen ? 'treeClose' : 'treeOpen')} aria-expanded={treeOpen} onClick={() => (narrow ? setNarrowTree(!narrowTree) : setWideTree(!wideTree))}>
              <Icon name="tree" />
            </ActionIcon>
          </Tooltip>
          <TabBar tabs={tabs.tabs} active={active.id} onChoose={tabs.choose} onClose={tabs.close} onAdd={() => tabs.add()} />
          {QUERY.test(active.text) && <Button variant="subtle" color="gray" leftSection={<Icon name="view" />} onClick={() => setView(editor.current?.chosen()?.text ?? active.text)}>{t('table:view.saveAs')}</Button>}
          <Button variant="subtle" color="gray" leftSection={<Icon name="history" />} onClick={() => setHistoryOpen(true)}>{t('history.title')}</Button>
        </div>
        <div className={classes.editor}>
          <Editor key={active.id} ref={editor} text={active.text} error={mark} onChange={(text) => tabs.update(active.id, { text })} onRun={() => void run()} />
        </div>
        <RunBar statement={refused?.tab === active.id ? undefined : statement} text={active.text} {...chart} onRun={() => void run()} />
        <ResultPane
          {...chart}
          statement={statement}
          gone={gone !== null}
          error={error ? { error, line, mends: at ? mends(error) : [] } : null}
          onMend={(name) => at && editor.current?.replace(at, mended(active.text.slice(at.from, at.to), name))}
        />
      </div>
      {view !== null && <Suspense><ViewDialog query={view} onClose={() => setView(null)} /></Suspense>}
      {historyOpen && (
        <Suspense>
          <HistoryDrawer
            opened
            onClose={() => setHistoryOpen(false)}
            onOpen={(text) => {
              tabs.add(text);
              setHistoryOpen(false);
            }}
          />
        </Suspense>
      )}
    </div>
  );
}
