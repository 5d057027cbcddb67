import { ActionIcon } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { onHelp, openHelp, type Topic } from './help';
import { Icon } from './icons';
import { Tip } from './Tip';

const HelpDrawer = lazy(() => import('./HelpDrawer'));

/** The button in the header; F1 everywhere, and ? where nothing is typed. */
export function HelpDoor() {
  const { t } = useTranslation('help');
  const [open, setOpen] = useState<{ topic: Topic | null } | null>(null);
  useEffect(() => onHelp((topic) => setOpen({ topic })), []);
  useHotkeys([['F1', () => openHelp()]], [], true);
  useEffect(() => {
    // Which keys make a question mark depends on the keyboard.
    const ask = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      const typing = target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName);
      if (event.key !== '?' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      openHelp();
    };
    window.addEventListener('keydown', ask);
    return () => window.removeEventListener('keydown', ask);
  }, []);
  return (
    <>
      <Tip label={t('openHint')}>
        <ActionIcon aria-label={t('open')} onClick={() => openHelp()}><Icon name="help" /></ActionIcon>
      </Tip>
      {open && <Suspense><HelpDrawer topic={open.topic} onClose={() => setOpen(null)} /></Suspense>}
    </>
  );
}
