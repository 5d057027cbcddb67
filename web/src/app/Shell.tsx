import { ActionIcon, Kbd, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Lost } from './connection';
import { HelpDoor } from './HelpDoor';
import { setLanguage } from './i18n';
import { Icon, Mark } from './icons';
import { JobsStrip } from './JobsStrip';
import { LostBanner } from './LostBanner';
import { NoticeBell, Toasts } from './Notices';
import { pages } from './pages';
import { go, useLocation } from './router';
import classes from './shell.module.css';
import { Tip, Tips } from './Tip';
import { UserMenu } from './UserMenu';

const Palette = lazy(() => import('./Palette'));
const command = navigator.platform.startsWith('Mac') ? '⌘' : 'Ctrl';

export function Shell({ lost, children }: { lost: Lost; children: ReactNode }) {
  const { t } = useTranslation();
  const [palette, setPalette] = useState(false);
  useHotkeys([['mod+K', () => setPalette(true)]], [], true);
  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#main">{t('skip')}</a>
      <Rail />
      <header className={classes.header}>
        <button className={classes.find} onClick={() => setPalette(true)}>
          <Icon name="search" />
          <span className="clip">{t('palette.open')}</span>
          <Kbd size="xs" className={classes.wide}>{command} K</Kbd>
        </button>
        <div className={classes.switches}>
          <NoticeBell />
          <HelpDoor />
          <LanguageSwitch />
          <ThemeSwitch />
          <UserMenu />
        </div>
      </header>
      <main id="main" tabIndex={-1} className={classes.main}>
        {lost && <LostBanner lost={lost} />}
        {children}
      </main>
      <JobsStrip />
      <Toasts />
      <Tips />
      {palette && <Suspense><Palette opened onClose={() => setPalette(false)} /></Suspense>}
    </div>
  );
}

function Rail() {
  const { t } = useTranslation();
  const { parts } = useLocation();
  return (
    <nav className={classes.rail} aria-label={t('nav.title')}>
      <a className={classes.mark} href="/" aria-label="Estran" onClick={(event) => follow(event, '/welcome')}>
        <Mark />
      </a>
      {pages.map((page) => (
        <a
          key={page.id}
          href={page.path}
          className={classes.place}
          aria-current={parts[0] === page.id ? 'page' : undefined}
          onClick={(event) => follow(event, page.path)}
        >
          <Icon name={page.icon} size={20} />
          {t(`nav.${page.id}`)}
        </a>
      ))}
    </nav>
  );
}

/** A plain click stays in the page; any other opens a tab as usual. */
export function follow(event: React.MouseEvent, path: string) {
  if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go(path);
}

function LanguageSwitch() {
  const { t, i18n } = useTranslation();
  const other = i18n.language === 'fr' ? 'en' : 'fr';
  return (
    <Tip label={t('language.switch')}>
      <button className={classes.language} lang={other} onClick={() => void setLanguage(other)} aria-label={`${other.toUpperCase()}, ${t('language.switch')}`}>
        {other.toUpperCase()}
      </button>
    </Tip>
  );
}

function ThemeSwitch() {
  const { t } = useTranslation();
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme('light') === 'dark';
  return (
    <Tip label={t(dark ? 'theme.light' : 'theme.dark')}>
      <ActionIcon aria-label={t(dark ? 'theme.light' : 'theme.dark')} onClick={() => setColorScheme(dark ? 'light' : 'dark')}>
        <Icon name={dark ? 'sun' : 'moon'} />
      </ActionIcon>
    </Tip>
  );
}
