import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sqlName } from '../api/catalog';
import { ApiError, type ServerError } from '../api/client';
import { cancel, ended, submit, useStatement } from '../api/statements';
import { useJobs } from '../app/jobs';
import { Icon } from '../app/icons';
import { useStored } from '../app/stored';
import { CatalogTree } from '../data/CatalogTree';
import { Editor, type EditorHandle } from './Editor';
import { ErrorNote } from './ErrorNote';
import { mended, mends, placeOf } from './errorPlace';
import { exportCsv } from './exportCsv';
import { Facts } from './Facts';
import { Running } from './Progress';
import { ResultGrid } from './ResultGrid';
import classes from './sql.module.css';
import { TabBar } from './TabBar';
import { useTabs } from './tabs';

const HistoryDrawer = lazy(() => import('./HistoryDrawer'));

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
  const [refused, setRefused] = useState<{ tab: string; error: ServerError } | null>(null);
  const editor = useRef<EditorHandle>(null);
  const jobs = useJobs();
  const { data: statement, error: gone } = useStatement(active.run?.statement ?? null);
  const running = statement !== undefined && !ended(statement);

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
          <Button variant="subtle" color="gray" leftSection={<Icon name="history" />} onClick={() => setHistoryOpen(true)}>{t('history.title')}</Button>
        </div>
        <div className={classes.editor}>
          <Editor key={active.id} ref={editor} text={active.text} error={mark} onChange={(text) => tabs.update(active.id, { text })} onRun={() => void run()} />
        </div>
        <div className={classes.bar}>
          {running ? (
            <Button color="gray" variant="default" leftSection={<Icon name="stop" size={14} />} onClick={() => void cancel(statement.statement_id)}>{t('cancel')}</Button>
          ) : (
            <Tooltip label={t('runHint')}>
              <Button leftSection={<Icon name="run" size={14} />} onClick={() => void run()} disabled={active.text.trim() === ''}>{t('run')}</Button>
            </Tooltip>
          )}
          {statement && ended(statement) && !refused && <Facts statement={statement} />}
          {statement?.state === 'FINISHED' && (statement.schema?.length ?? 0) > 0 && <Export statement={statement} />}
        </div>
        <section className={classes.result} aria-label={t('result')} aria-live="polite">
          {error ? (
            <ErrorNote error={error} line={line} mends={at ? mends(error) : []} onMend={(name) => at && editor.current?.replace(at, mended(active.text.slice(at.from, at.to), name))} />
          ) : running ? (
            <Running statement={statement} />
          ) : statement?.state === 'FINISHED' && statement.schema?.length ? (
            <ResultGrid key={statement.statement_id} statement={statement} />
          ) : statement?.state === 'FINISHED' ? (
            <p className={classes.note}>{statement.message ?? t('done')}</p>
          ) : (
            <p className={classes.note}>{statement?.state === 'CANCELLED' ? t('cancelled') : gone ? t('gone') : t('empty')}</p>
          )}
        </section>
      </div>
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

function Export({ statement }: { statement: NonNullable<ReturnType<typeof useStatement>['data']> }) {
  const { t } = useTranslation('sql');
  const [share, setShare] = useState<number | null>(null);
  return (
    <Button
      ml="auto"
      variant="subtle"
      color="gray"
      leftSection={<Icon name="download" />}
      loading={share !== null}
      onClick={() => {
        setShare(0);
        void exportCsv(statement, setShare).finally(() => setShare(null));
      }}
    >
      CSV<span className="unseen"> {t('export')}</span>
    </Button>
  );
}
