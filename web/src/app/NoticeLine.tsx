import { useTranslation } from 'react-i18next';
import { hasRun, openRun } from '../sql/tabs';
import { useFormats } from './format';
import type { Notice } from './notices';
import { go, tablePath } from './router';
import { useSaid } from './said';
import classes from './notices.module.css';

export function NoticeLine({ notice, onFollow }: { notice: Notice; onFollow: () => void }) {
  const { t } = useTranslation();
  const format = useFormats();
  const said = useSaid();
  const facts: string[] = [];
  if (notice.rows !== undefined) facts.push(t('notices.rows', { count: notice.rows, shown: format.count(notice.rows) }));
  else if (notice.affected !== undefined) facts.push(t('sql:facts.affected', { count: notice.affected, shown: format.count(notice.affected) }));
  if (notice.outcome === 'finished' && notice.millis !== undefined) facts.push(format.duration(notice.millis));
  const error = notice.error ? said.error(notice.error) : null;
  const path = notice.load && notice.outcome === 'finished' ? pathOf(notice.load.table) : null;
  const run = !notice.load && hasRun(notice.id);
  return (
    <div className={classes.notice} data-outcome={notice.outcome}>
      <p>
        <strong>{t(`notices.${notice.load ? 'load' : 'statement'}.${notice.outcome}`, { name: notice.load?.name })}</strong>
        {facts.length > 0 && <span> {facts.join(' · ')}</span>}
      </p>
      {!notice.load && <code className={classes.label}>{notice.label}</code>}
      {error && <p>{error.text}</p>}
      <p className="facts">
        {format.moment(notice.at)}
        {path && <> · <a href={path} onClick={(event) => { event.preventDefault(); onFollow(); go(path); }}>{t('notices.table', { table: notice.load!.table })}</a></>}
        {run && <> · <a href="/sql" onClick={(event) => { event.preventDefault(); onFollow(); openRun(notice.id); }}>{t('notices.open')}</a></>}
      </p>
    </div>
  );
}

function pathOf(table: string): string | null {
  const parts = [...table.matchAll(/"((?:[^"]|"")*)"|[^.]+/g)].map((match) => match[1]?.replaceAll('""', '"') ?? match[0]);
  const [catalog, schema, name] = parts;
  return parts.length === 3 ? tablePath({ catalog: catalog!, schema: schema!, name: name! }) : null;
}
