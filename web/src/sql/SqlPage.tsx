import { ActionIcon, Button } from '@mantine/core';
import { useHotkeys, useMediaQuery } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sqlName } from '../api/catalog';
import { ApiError } from '../api/client';
import { ended, useStatement } from '../api/statements';
import { useWatching } from '../app/jobs';
import { Icon } from '../app/icons';
import { Separator } from '../app/Separator';
import { useStored } from '../app/stored';
import { Tip } from '../app/Tip';
import { CatalogTree } from '../data/CatalogTree';
import { Editor, type EditorHandle } from './Editor';
import { mended, mends, placeOf } from './errorPlace';
import { parametersOf, type Parameters } from './parameters';
import { parameterId, ParameterRow } from './ParameterRow';
import { ResultPane } from './ResultPane';
import { RunBar } from './RunBar';
import { SidePanel } from './SidePanel';
import classes from './sql.module.css';
import { TabBar } from './TabBar';
import type { ChartChoice } from './chart/choice';
import { TABLE, useTabs } from './tabs';
import { UndoNote, type Note } from './UndoNote';
import { useEstimate } from './useEstimate';
import { useRun } from './useRun';
import { useSaving } from './useSaving';

const ViewDialog = lazy(() => import('../data/acts').then((acts) => ({ default: acts.ViewDialog })));
const HistoryDrawer = lazy(() => import('./HistoryDrawer'));
const SavedList = lazy(() => import('./SavedList'));

const NONE: Parameters = {};

const QUERY = /^\s*(?:--[^\n]*\n\s*)*(select|with|from)\b/i;
const SIDE = { min: 180, max: 480, initial: 252 };
const EDITOR = { min: 15, max: 80, initial: 38 };
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
  const [side, setSide] = useStored('panel.sql.side', SIDE.initial);
  const [share, setShare] = useStored('panel.sql.editor', EDITOR.initial);
  const bench = useRef<HTMLDivElement>(null);
  const [historyOpen, setHistoryOpen] = useState(false);
  const [view, setView] = useState<string | null>(null);
  const [note, setNote] = useState<Note | null>(null);
  const [picked, setPicked] = useState({ tab: '', text: '' });
  const chosen = picked.tab === active.id ? picked.text : '';
  const editor = useRef<EditorHandle>(null);
  const runs = useRun(tabs);
  const saving = useSaving(tabs, setNote);
  const { data: statement, error: gone, lost } = useStatement(active.run?.statement ?? null);
  const running = statement !== undefined && !ended(statement);
  useWatching(active.run?.statement ?? null, ended(statement));
  const chart = { chart: active.chart ?? TABLE, onChart: (choice: ChartChoice) => tabs.update(active.id, { chart: choice }) };
  const lastRun = ended(statement) ? statement?.statement_id : undefined;
  const estimate = useEstimate(chosen, active.parameters ?? NONE, lastRun);
  const names = useMemo(() => parametersOf(chosen), [chosen]);
  const asked = [...names, ...runs.missing.filter((name) => !names.some((one) => one.name === name)).map((name) => ({ name }))];

  const explain = (refused: ReturnType<typeof runs.run>) => {
    if (refused === null) setNote(null);
    else if ('amount' in refused) setNote({ text: t('queries:budget.wrong', { text: refused.amount }) });
    else {
      const { missing } = refused;
      setNote({ text: t('queries:missing', { count: missing.length, names: missing.length === 1 ? missing[0] : missing.map((name) => `$${name}`).join(', ') }) });
      setTimeout(() => document.getElementById(parameterId(missing[0]!))?.focus(), 50);
    }
  };
  const run = () => {
    const piece = editor.current?.chosen();
    if (piece && !running) explain(runs.run(active, piece));
  };
  const runAll = () => {
    if (!running) explain(runs.runAll(active));
  };
  const close = (id: string) => {
    const at = tabs.tabs.findIndex((tab) => tab.id === id);
    const tab = tabs.tabs[at]!;
    tabs.close(id);
    if (tab.text.trim() === '') return;
    const name = tab.saved?.name ?? t('tab', { number: tab.number });
    setNote({ text: t('queries:closed', { name }), undo: () => tabs.open(tab, at) });
  };
  // A dialog keeps its keys to itself; and so does the editor those it has.
  const outside = (places: string, act: () => void) => (event: KeyboardEvent) => {
    if (!(event.target as Element).closest(places)) act();
  };
  useHotkeys([
    ['mod+S', outside('[role=dialog]', saving.save)],
    ['mod+Enter', outside('[role=dialog], .cm-editor', run)],
    ['mod+shift+Enter', outside('[role=dialog], .cm-editor', runAll)],
    ['alt+N', outside('[role=dialog]', () => tabs.add()), { usePhysicalKeys: true }],
    ['alt+W', outside('[role=dialog]', () => close(active.id)), { usePhysicalKeys: true }],
  ], [], true);

  const over = ended(statement) ? statement?.statement_id : undefined;
  const changed = CHANGES.test(active.run?.text ?? '');
  useEffect(() => {
    if (over && changed) void client.invalidateQueries({ queryKey: ['catalog'] });
  }, [over, changed, client]);

  const error = runs.refusal?.tab === active.id ? runs.refusal.error : statement?.state === 'FAILED' ? statement.error : undefined;
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
    <div className={classes.page} data-tree={treeOpen || undefined} style={{ '--side': `${side}px`, '--share': `${share}%` } as React.CSSProperties}>
      <h1 className="unseen">{t('title')}</h1>
      {treeOpen && (
        <aside id="sql-catalog" className={classes.side} aria-label={t('catalog')}>
          <SidePanel
            catalog={
              <CatalogTree
                columns
                onPick={(table) => {
                  editor.current?.insert(sqlName(table));
                  setNarrowTree(false);
                }}
                onColumn={(text) => editor.current?.insert(text)}
              />
            }
            saved={
              <Suspense>
                <SavedList
                  open={active.saved?.id}
                  onOpen={(id) => {
                    setNarrowTree(false);
                    void saving.open(id);
                  }}
                  onRename={saving.rename}
                  onDelete={(query) => void saving.remove(query)}
                />
              </Suspense>
            }
          />
        </aside>
      )}
      {treeOpen && !narrow && <Separator label={t('edge.catalog')} controls="sql-catalog" orientation="vertical" size={side} limits={SIDE} onSize={setSide} />}
      <div className={classes.bench} ref={bench}>
        <div className={classes.top}>
          <Tip label={t(treeOpen ? 'treeClose' : 'treeOpen')}>
            <ActionIcon aria-label={t(treeOpen ? 'treeClose' : 'treeOpen')} aria-expanded={treeOpen} onClick={() => (narrow ? setNarrowTree(!narrowTree) : setWideTree(!wideTree))}>
              <Icon name="tree" />
            </ActionIcon>
          </Tip>
          <TabBar tabs={tabs.tabs} active={active.id} onChoose={tabs.choose} onClose={close} onAdd={() => tabs.add()} />
          <span>
            {QUERY.test(active.text) && <Button variant="subtle" color="gray" leftSection={<Icon name="view" />} onClick={() => setView(editor.current?.chosen()?.text ?? active.text)}>{t('table:view.saveAs')}</Button>}
            <Tip label={`${t('queries:save.button')} (Ctrl+S)`}>
              <ActionIcon aria-label={t('queries:save.button')} onClick={saving.save}><Icon name="bookmark" /></ActionIcon>
            </Tip>
            <Button variant="subtle" color="gray" leftSection={<Icon name="history" />} onClick={() => setHistoryOpen(true)}>{t('history.title')}</Button>
          </span>
        </div>
        <div id="sql-editor" className={classes.editor}>
          <Editor key={active.id} ref={editor} text={active.text} error={mark} onChange={(text) => tabs.update(active.id, { text })} onRun={run} onRunAll={runAll} onChosen={(piece) => setPicked({ tab: active.id, text: piece?.text ?? '' })} />
        </div>
        <Separator
          label={t('edge.editor')}
          controls="sql-editor"
          orientation="horizontal"
          size={share}
          limits={EDITOR}
          scale={() => (bench.current?.clientHeight ?? 100) / 100}
          onSize={setShare}
        />
        <div>
          <ParameterRow names={asked} values={active.parameters ?? NONE} missing={runs.missing} onChange={(parameters) => tabs.update(active.id, { parameters })} />
          <RunBar
            statement={runs.refusal?.tab === active.id ? undefined : statement}
            text={active.text}
            {...chart}
            onRun={run}
            estimate={estimate}
            batch={runs.batch?.tab === active.id ? runs.batch : null}
            budget={{ value: active.budget ?? '', onChange: (budget) => tabs.update(active.id, { budget }) }}
          />
        </div>
        <ResultPane
          {...chart}
          statement={statement}
          gone={gone instanceof ApiError}
          lost={lost}
          error={error ? { error, line, mends: at ? mends(error) : [] } : null}
          onMend={(name) => at && editor.current?.replace(at, mended(active.text.slice(at.from, at.to), name))}
        />
      </div>
      {saving.dialogs}
      <UndoNote note={note} onClose={() => setNote(null)} />
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
