import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/client';
import { createQuery, deleteQuery, loadQuery, refreshSaved, updateQuery, type SavedQuery, type SavedSummary } from '../api/queries';
import { go, useLocation } from '../app/router';
import type { Conflict } from './ConflictDialog';
import { draftOf, savedAs, tabOf, unsaved } from './saved';
import type { Tab, useTabs } from './tabs';
import type { Note } from './UndoNote';

const SaveDialog = lazy(() => import('./SaveDialog'));
const ConflictDialog = lazy(() => import('./ConflictDialog'));

type Asking = { kind: 'name'; tab: Tab } | { kind: 'rename'; query: SavedSummary } | { kind: 'conflict'; tab: Tab; conflict: Conflict };

/** Saving, opening, renaming and deleting, with what they ask and say. */
export function useSaving(tabs: ReturnType<typeof useTabs>, say: (note: Note | null) => void) {
  const { t } = useTranslation('queries');
  const client = useQueryClient();
  const [asking, setAsking] = useState<Asking | null>(null);
  const latest = useRef(tabs);
  useEffect(() => {
    latest.current = tabs;
  });
  const saved = (tab: Tab, query: SavedQuery) => {
    tabs.update(tab.id, { saved: savedAs(query, tab) });
    say({ text: t('save.done', { name: query.name }) });
    void refreshSaved(client);
  };
  const refused = (error: unknown) => {
    if (!(error instanceof ApiError)) throw error;
    say({ text: error.body.message });
  };

  const put = async (tab: Tab, version: number) => {
    const { id, name } = tab.saved!;
    try {
      saved(tab, await updateQuery(id, draftOf(tab, name), version));
    } catch (error) {
      const details = error instanceof ApiError ? (error.body.details as Record<string, number> | undefined) : undefined;
      const code = error instanceof ApiError ? error.body.code : '';
      if (code === 'QUERY_CHANGED') setAsking({ kind: 'conflict', tab, conflict: { name, version: details?.version ?? 0, basedOn: version } });
      else if (code === 'QUERY_NOT_FOUND') setAsking({ kind: 'name', tab });
      else refused(error);
    }
  };
  const save = () => {
    const tab = latest.current.active;
    if (tab.text.trim() === '') return;
    if (!tab.saved) setAsking({ kind: 'name', tab });
    else if (unsaved(tab)) void put(tab, tab.saved.version);
    else say({ text: t('save.done', { name: tab.saved.name }) });
  };
  const open = async (id: string) => {
    const shown = latest.current.tabs.find((tab) => tab.saved?.id === id);
    if (shown) {
      latest.current.choose(shown.id);
      return;
    }
    try {
      latest.current.open(tabOf(await loadQuery(id)));
    } catch (error) {
      refused(error);
    }
  };
  const rename = async (query: SavedSummary, name: string) => {
    const kept = await loadQuery(query.id);
    const draft = { name, statement: kept.statement, parameters: kept.parameters, chart: kept.chart };
    const renamed = await updateQuery(query.id, draft, kept.version);
    for (const tab of latest.current.tabs) {
      if (tab.saved?.id === query.id && tab.saved.version === kept.version) {
        tabs.update(tab.id, { saved: { ...tab.saved, name, version: renamed.version } });
      }
    }
    void refreshSaved(client);
  };
  const remove = async (query: SavedSummary) => {
    try {
      const kept = await loadQuery(query.id);
      await deleteQuery(query.id);
      const shown = latest.current.tabs.filter((tab) => tab.saved?.id === query.id);
      shown.forEach((tab) => tabs.update(tab.id, { saved: undefined }));
      void refreshSaved(client);
      const undo = async () => {
        const { name, statement, parameters, chart } = kept;
        const again = await createQuery({ name, statement, parameters, chart });
        shown.forEach((tab) => tabs.update(tab.id, { saved: { ...tab.saved!, id: again.id, version: again.version } }));
        void refreshSaved(client);
      };
      say({ text: t('saved.deleted', { name: query.name }), undo: () => void undo().catch(refused) });
    } catch (error) {
      refused(error);
    }
  };

  const { query } = useLocation();
  const wanted = query.get('saved');
  useEffect(() => {
    if (wanted === null) return;
    go('/sql', true);
    void open(wanted);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once for each address
  }, [wanted]);

  const dialogs = (
    <Suspense>
      {asking?.kind === 'name' && (
        <SaveDialog
          title={t('save.title')}
          name={asking.tab.saved?.name ?? ''}
          onSave={async (name) => saved(asking.tab, await createQuery(draftOf(asking.tab, name)))}
          onClose={() => setAsking(null)}
        />
      )}
      {asking?.kind === 'rename' && (
        <SaveDialog title={t('saved.rename')} name={asking.query.name} onSave={(name) => rename(asking.query, name)} onClose={() => setAsking(null)} />
      )}
      {asking?.kind === 'conflict' && (
        <ConflictDialog
          conflict={asking.conflict}
          onOverwrite={() => void put(asking.tab, asking.conflict.version)}
          onCopy={() => setAsking({ kind: 'name', tab: asking.tab })}
          onLoad={() => void loadQuery(asking.tab.saved!.id).then((kept) => tabs.open(tabOf(kept)), refused)}
          onClose={() => setAsking(null)}
        />
      )}
    </Suspense>
  );
  return { save, open, remove, rename: (summary: SavedSummary) => setAsking({ kind: 'rename', query: summary }), dialogs };
}
