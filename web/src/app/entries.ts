import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFunctions, useTree } from '../api/catalog';
import { useSavedQueries } from '../api/queries';
import { chooseFile } from '../data/handOver';
import { openQuery } from '../sql/tabs';
import aiFunctions from '../sql/aiFunctions.json';
import { openHelp, topics } from './help';
import { setLanguage } from './i18n';
import { iconOf, type IconName } from './icons';
import { signOut } from './me';
import { pages } from './pages';
import { go, tablePath } from './router';

/** Something the palette finds. `kind` stands beside it in small; what is only there to be searched for goes in `also`. */
export type Entry = { key: string; label: string; kind: string; icon: IconName; also?: string; run: () => void };

/** Everything there is to find: a new kind of thing is a new hook, and one line here. */
export function useEntries(): Entry[] {
  return [...usePages(), ...useActions(), ...useQueries(), ...useTables(), ...useHelpTopics(), ...useAiFunctions()];
}

function usePages(): Entry[] {
  const { t } = useTranslation();
  const kind = t('palette.page');
  return [
    ...pages.map((page) => ({ key: page.id, label: t(`nav.${page.id}`), kind, icon: page.icon, run: () => go(page.path) })),
    { key: 'welcome', label: t('welcome.title'), kind, icon: 'upload', run: () => go('/welcome') },
  ];
}

function useActions(): Entry[] {
  const { t, i18n } = useTranslation();
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme('light') === 'dark';
  const other = i18n.language === 'fr' ? 'en' : 'fr';
  const kind = t('palette.action');
  return [
    { key: 'do new', label: t('sql:newTab'), kind, icon: 'plus', run: () => openQuery('') },
    { key: 'do load', label: t('data:loadFile'), kind, icon: 'upload', run: chooseFile },
    { key: 'do help', label: t('help:open'), kind, icon: 'help', run: () => openHelp() },
    { key: 'do language', label: t('language.switch'), kind, icon: 'person', run: () => void setLanguage(other) },
    { key: 'do theme', label: t(dark ? 'theme.light' : 'theme.dark'), kind, icon: dark ? 'sun' : 'moon', run: () => setColorScheme(dark ? 'light' : 'dark') },
    { key: 'do out', label: t('user.signOut'), kind, icon: 'person', run: () => void signOut() },
  ];
}

function useQueries(): Entry[] {
  const { t } = useTranslation();
  return (useSavedQueries().data ?? []).map((query) => ({
    key: `query ${query.id}`,
    label: query.name,
    kind: t('palette.query'),
    icon: 'bookmark',
    run: () => go(`/sql?saved=${encodeURIComponent(query.id)}`),
  }));
}

function useTables(): Entry[] {
  const tree = useTree().data ?? [];
  return tree.flatMap((schema) =>
    schema.objects.map((table) => ({
      key: `table ${table.catalog}.${table.schema}.${table.name}`,
      label: table.name,
      kind: `${table.catalog}.${table.schema}`,
      icon: iconOf(table.kind),
      run: () => go(tablePath(table)),
    })),
  );
}

function useHelpTopics(): Entry[] {
  const { t } = useTranslation();
  return topics.map((topic) => ({
    key: `help ${topic}`,
    label: t(`help:topic.${topic}.title`),
    kind: t('help:open'),
    icon: 'help',
    also: t(`help:topic.${topic}.text`),
    run: () => openHelp(topic),
  }));
}

/** Choosing one begins a query with it. */
function useAiFunctions(): Entry[] {
  const { t } = useTranslation();
  const signatures = aiFunctions as Record<string, string>;
  return (useFunctions().data ?? [])
    .filter((name) => name in signatures)
    .map((name) => ({
      key: `function ${name}`,
      label: signatures[name]!,
      kind: t('palette.function'),
      icon: 'wave',
      also: t(`sql:functions.${name}`, { defaultValue: '' }),
      run: () => openQuery(`SELECT ${signatures[name]!}`),
    }));
}
