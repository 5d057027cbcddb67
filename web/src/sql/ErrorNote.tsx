import { Button, Group } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServerError } from '../api/client';
import { useSaid } from '../app/said';
import classes from './sql.module.css';

const ConnectDialog = lazy(() => import('../models/ConnectDialog'));

/** What went wrong, where, and what to do; the mend is one click away. */
export function ErrorNote(props: { error: ServerError; line: number | null; mends: string[]; onShow?: () => void; onMend: (name: string) => void }) {
  const { t } = useTranslation('sql');
  const { error, line } = props;
  const [connecting, setConnecting] = useState(false);
  const { title: what, text } = useSaid().error(error);
  return (
    <div className={classes.error} role="alert">
      <h2 className="subtitle">{line === null ? what : t('errors.atLine', { line, what })}</h2>
      <p>{text}</p>
      <Group gap="xs">
        {error.code === 'NEEDS_MODEL' && <Button onClick={() => setConnecting(true)}>{t('models:connect.open')}</Button>}
        {props.mends.map((name) => (
          <Button key={name} variant="default" onClick={() => props.onMend(name)}>
            {t('errors.mend')}&nbsp;<code>{name}</code>
          </Button>
        ))}
        <code className="quiet small">{error.code}</code>
      </Group>
      {connecting && <Suspense><ConnectDialog onClose={() => setConnecting(false)} /></Suspense>}
    </div>
  );
}
