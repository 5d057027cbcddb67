import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Lost } from './connection';
import classes from './shell.module.css';

/** Says that the server does not answer and when it is asked again. Only the first sentence is read out. */
export function LostBanner({ lost }: { lost: NonNullable<Lost> }) {
  const { t } = useTranslation();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.ceil((lost.nextAt - now) / 1000));
  return (
    <div className={classes.lost}>
      <span role="alert">{t('connection.lost')}</span>{' '}
      <span className={classes.next}>{seconds > 0 ? t('connection.next', { count: seconds }) : t('connection.trying')}</span>
      <Button variant="subtle" size="compact-xs" onClick={lost.tryNow}>{t('connection.now')}</Button>
    </div>
  );
}
