import { Button, Loader } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sqlName, useHistory, type TableRef, type Version } from '../api/catalog';
import { useFormats } from '../app/format';
import { RestoreDialog } from './acts';
import { CompareDialog } from './CompareDialog';
import classes from './history.module.css';
import { Sample } from './Sample';

type Props = { table: Omit<TableRef, 'kind'>; version: number | null; onTravel: (version: number | null) => void };

/** Every version, newest first. Drag or use the arrow keys to travel; the rows beside the line follow. */
export function VersionsTab({ table, version, onTravel }: Props) {
  const { t, i18n } = useTranslation('table');
  const format = useFormats();
  const { data, error } = useHistory(table);
  const [restoring, setRestoring] = useState(false);
  const [comparing, setComparing] = useState(false);
  const versions = [...(data ?? [])].sort((a, b) => (b.version ?? 0) - (a.version ?? 0));
  const newest = versions[0]?.version ?? 1;
  const shown = version ?? newest;
  const [settled] = useDebouncedValue(shown, 200);
  if (error) return <p role="alert" className="quiet" style={{ padding: 24 }}>{error.message}</p>;
  if (!data) return <Loader role="status" size="sm" m="lg" aria-label={t('shell:loading')} />;
  const at = Math.max(0, versions.findIndex((entry) => entry.version === shown));
  const travel = (to: number | undefined) => to !== undefined && onTravel(to === newest ? null : to);
  const words = (entry: Version | undefined) => {
    const operation = (entry?.operation ?? '').toLowerCase();
    return i18n.exists(`table:operations.${operation}`) ? t(`operations.${operation}`) : operation;
  };
  return (
    <div className={classes.page}>
      <div className={classes.line}>
        <input
          type="range" className={classes.slider} min={0} max={versions.length - 1} step={1} value={versions.length - 1 - at} disabled={versions.length < 2}
          aria-label={t('travel.slider')} aria-valuetext={`${t('travel.version', { version: shown })}, ${words(versions[at])}`}
          onChange={(event) => travel(versions[versions.length - 1 - Number(event.currentTarget.value)]?.version)}
        />
        <ol className={classes.versions} aria-label={t('data:tabs.history')} tabIndex={0}>
          {versions.map((entry) => (
            <li key={entry.version}>
              <button aria-current={entry.version === shown || undefined} aria-label={entry.version === shown ? undefined : t('travel.goTo', { version: entry.version })} onClick={() => travel(entry.version)}>
                <span><strong>{t('travel.version', { version: format.count(entry.version ?? 0) })}</strong> · {words(entry)}{entry.version === newest && <em className={classes.now}>{t('travel.current')}</em>}</span>
                <span className="facts">{entry.committed_at && format.moment(entry.committed_at)} · {entry.committed_by}</span>
                <Change entry={entry} />
              </button>
            </li>
          ))}
        </ol>
      </div>
      <div className={classes.then}>
        <div className={classes.bar}>
          <span role="status">{shown === newest ? t('travel.isNow') : t('travel.at', { version: format.count(shown) })}</span>
          {shown !== newest && (
            <span className={classes.acts}>
              <Button variant="subtle" onClick={() => onTravel(null)}>{t('travel.back')}</Button>
              <Button variant="default" onClick={() => setComparing(true)}>{t('compare.open')}</Button>
              <Button variant="default" onClick={() => setRestoring(true)}>{t('restore.open')}</Button>
            </span>
          )}
        </div>
        <div className={classes.rows}><Sample source={settled === newest ? sqlName(table) : `${sqlName(table)} AT (VERSION => ${Math.trunc(settled)})`} /></div>
      </div>
      {restoring && <RestoreDialog table={table} version={shown} now={newest} onClose={() => setRestoring(false)} onDone={() => onTravel(null)} />}
      {comparing && <CompareDialog table={table} version={shown} now={newest} onClose={() => setComparing(false)} />}
    </div>
  );
}

function Change({ entry }: { entry: Version }) {
  const { t } = useTranslation('table');
  const format = useFormats();
  const added = entry.rows_added ?? 0;
  const deleted = entry.rows_deleted ?? 0;
  if (added === 0 && deleted === 0) return null;
  return (
    <span className={classes.change}>
      {added > 0 && <span className={classes.added}>+{t('rowCount', { count: added, shown: format.count(added) })}</span>}
      {deleted > 0 && <span className={classes.deleted}>−{t('rowCount', { count: deleted, shown: format.count(deleted) })}</span>}
    </span>
  );
}
