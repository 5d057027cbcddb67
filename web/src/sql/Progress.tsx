import { Button, Progress } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cancel, type Statement } from '../api/statements';
import { useFormats } from '../app/format';
import { useSaid } from '../app/said';
import classes from './sql.module.css';

/** What a running statement is doing, since when, and how to stop it. */
export function Running({ statement }: { statement: Statement }) {
  const { t } = useTranslation('sql');
  const format = useFormats();
  const said = useSaid();
  const [elapsed, setElapsed] = useState(statement.wall_ms ?? 0);
  useEffect(() => {
    const started = Date.now() - (statement.wall_ms ?? 0);
    const timer = setInterval(() => setElapsed(Date.now() - started), 100);
    return () => clearInterval(timer);
  }, [statement.wall_ms]);
  const fraction = statement.fraction ?? -1;
  return (
    <div className={classes.running}>
      <Progress value={fraction > 0 ? fraction * 100 : 100} animated={fraction <= 0} striped={fraction <= 0} size="sm" aria-label={t('running')} />
      <p>
        {statement.state === 'QUEUED' ? t('queued') : (said.stage(statement) || t('running'))}
        {fraction > 0 && ` · ${format.percent(fraction)}`} · {format.duration(elapsed)}
      </p>
      <Button variant="default" onClick={() => void cancel(statement.statement_id)}>{t('cancel')}</Button>
    </div>
  );
}
