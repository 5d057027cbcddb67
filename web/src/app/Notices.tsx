import { ActionIcon } from '@mantine/core';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from './icons';
import { NoticeLine } from './NoticeLine';
import { notices, onNotice, type Notice } from './notices';
import classes from './notices.module.css';
import { Tip } from './Tip';

const NoticePanel = lazy(() => import('./NoticePanel'));
const TOAST_MILLIS = 8000;
const TOASTS = 3;

/** The bell: how much ended meanwhile. Its list is loaded when it is first asked for. */
export function NoticeBell() {
  const { t } = useTranslation();
  const [used, setUsed] = useState(false);
  const unread = notices.use().filter((notice) => !notice.read).length;
  const label = t('notices.bell', { count: unread });
  const bell = (
    <Tip label={label}>
      <ActionIcon aria-label={label} aria-haspopup="dialog" onClick={() => setUsed(true)} className={classes.bell}>
        <Icon name="bell" />
        {unread > 0 && <span className={classes.count} aria-hidden>{unread > 9 ? '9+' : unread}</span>}
      </ActionIcon>
    </Tip>
  );
  return used ? <Suspense fallback={bell}><NoticePanel /></Suspense> : bell;
}

/** What just ended, for some seconds; never takes the focus. */
export function Toasts() {
  const { t } = useTranslation();
  const [shown, setShown] = useState<Notice[]>([]);
  const close = (id: string) => setShown((now) => now.filter((notice) => notice.id !== id));
  useEffect(() => {
    const timers = new Set<ReturnType<typeof setTimeout>>();
    const stop = onNotice((notice) => {
      setShown((now) => [...now, notice].slice(-TOASTS));
      timers.add(setTimeout(() => close(notice.id), TOAST_MILLIS));
    });
    return () => {
      stop();
      timers.forEach(clearTimeout);
    };
  }, []);
  return (
    <div role="status" className={classes.toasts} data-testid="toasts">
      {shown.map((notice) => (
        <div key={notice.id} className={classes.toast}>
          <NoticeLine notice={notice} onFollow={() => close(notice.id)} />
          <ActionIcon size="sm" aria-label={t('close')} onClick={() => close(notice.id)}><Icon name="close" size={12} /></ActionIcon>
        </div>
      ))}
    </div>
  );
}
