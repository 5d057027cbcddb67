import { ActionIcon, Button, Popover } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from './icons';
import { NoticeLine } from './NoticeLine';
import { forget, markRead, notices } from './notices';
import classes from './notices.module.css';

/** The bell with its list, open at first. */
export default function NoticePanel() {
  const { t } = useTranslation();
  const list = notices.use();
  const [open, setOpen] = useState(true);
  const unread = list.filter((notice) => !notice.read).length;
  const label = t('notices.bell', { count: unread });
  const change = (next: boolean) => {
    setOpen(next);
    if (!next) markRead();
  };
  return (
    <Popover opened={open} onChange={change} position="bottom-end" width={380} trapFocus returnFocus shadow="md">
      <Popover.Target>
        <ActionIcon aria-label={label} onClick={() => change(!open)} className={classes.bell}>
          <Icon name="bell" />
          {unread > 0 && <span className={classes.count} aria-hidden>{unread > 9 ? '9+' : unread}</span>}
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p={0} className={classes.panel} aria-label={t('notices.title')}>
        <div className={classes.head}>
          <h2 className="subtitle" tabIndex={-1} data-autofocus>{t('notices.title')}</h2>
          {list.length > 0 && <Button variant="subtle" size="compact-xs" onClick={() => forget()}>{t('notices.clear')}</Button>}
        </div>
        {list.length === 0 && <p className={classes.none}>{t('notices.none')}</p>}
        <ul className={classes.list} tabIndex={list.length > 0 ? 0 : undefined} aria-label={t('notices.title')}>
          {list.map((notice) => (
            <li key={notice.id} data-unread={!notice.read || undefined}>
              <NoticeLine notice={notice} onFollow={() => change(false)} />
            </li>
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}
