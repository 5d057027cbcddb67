import { Button, Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useHistory, type TableRef } from '../api/catalog';
import { useFormats } from '../app/format';
import classes from './data.module.css';

/** Every version, newest first; each can be read as it was. */
export function VersionsTab(props: { table: Omit<TableRef, 'kind'>; version: number | null; onTravel: (version: number | null) => void }) {
  const { t, i18n } = useTranslation('data');
  const format = useFormats();
  const { data, error } = useHistory(props.table);
  if (error) return <p role="alert" className={classes.missing}>{error.message}</p>;
  if (!data) return <Loader role="status" size="sm" m="lg" aria-label={t('shell:loading')} />;
  const versions = [...data].sort((a, b) => (b.version ?? 0) - (a.version ?? 0));
  const newest = versions[0]?.version;
  const shown = props.version ?? newest;
  return (
    <ol className={classes.timeline} tabIndex={0} aria-label={t('tabs.history')}>
      {versions.map((entry) => {
        const added = entry.rows_added ?? 0;
        const deleted = entry.rows_deleted ?? 0;
        const operation = (entry.operation ?? '').toLowerCase();
        const words = i18n.exists(`data:operations.${operation}`) ? t(`operations.${operation}`) : operation;
        return (
          <li key={entry.version} data-shown={entry.version === shown || undefined}>
            <div>
              <strong>{t('facts.version', { version: format.count(entry.version ?? 0) })}</strong> · {words}
              {entry.version === newest && <span className={classes.current}>{t('travel.current')}</span>}
              <div className="facts">
                {entry.committed_at && format.moment(entry.committed_at)} · {entry.committed_by}
                {added > 0 && ` · ${t('facts.added', { count: added, shown: format.count(added) })}`}
                {deleted > 0 && ` · ${t('facts.deleted', { count: deleted, shown: format.count(deleted) })}`}
              </div>
            </div>
            {entry.version !== shown && entry.snapshot_id !== null && (
              <Button variant="default" aria-label={t('travel.goTo', { version: entry.version })} onClick={() => props.onTravel(entry.version === newest ? null : (entry.version ?? null))}>{t('travel.go')}</Button>
            )}
          </li>
        );
      })}
    </ol>
  );
}
