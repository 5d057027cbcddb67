import { Modal, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTree } from '../api/catalog';
import { useSavedQueries } from '../api/queries';
import { Icon, iconOf, type IconName } from './icons';
import { go, tablePath } from './router';
import { pages } from './pages';
import classes from './shell.module.css';

type Entry = { key: string; label: string; kind: string; icon: IconName; path: string };
const MOST = 50;

export default function Palette({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal opened={opened} onClose={onClose} withCloseButton={false} padding={0} size={560} yOffset="12vh" aria-label={t('palette.open')}>
      <Finder onClose={onClose} />
    </Modal>
  );
}

function Finder({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const tree = useTree();
  const saved = useSavedQueries();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const entries = useMemo<Entry[]>(() => {
    const all: Entry[] = [
      ...pages.map((page) => ({ key: page.id, label: t(`nav.${page.id}`), kind: t('palette.page'), icon: page.icon, path: page.path })),
      { key: 'welcome', label: t('welcome.title'), kind: t('palette.page'), icon: 'upload' as const, path: '/welcome' },
      ...(saved.data ?? []).map((query) => ({
        key: query.id,
        label: query.name,
        kind: t('palette.query'),
        icon: 'bookmark' as const,
        path: `/sql?saved=${encodeURIComponent(query.id)}`,
      })),
      ...(tree.data ?? []).flatMap((schema) =>
        schema.objects.map((table) => ({
          key: `${table.catalog}.${table.schema}.${table.name}`,
          label: table.name,
          kind: `${table.catalog}.${table.schema}`,
          icon: iconOf(table.kind),
          path: tablePath(table),
        })),
      ),
    ];
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    return all.filter((entry) => words.every((word) => `${entry.kind}.${entry.label}`.toLowerCase().includes(word))).slice(0, MOST);
  }, [t, tree.data, saved.data, text]);
  const open = (entry: Entry | undefined) => {
    if (!entry) return;
    onClose();
    go(entry.path);
  };
  const keys = (event: React.KeyboardEvent) => {
    if (event.key === 'ArrowDown') setAt(Math.min(at + 1, entries.length - 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0));
    else if (event.key === 'Enter') open(entries[at]);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <TextInput
        data-autofocus
        variant="unstyled"
        px="md"
        py="xs"
        size="md"
        role="combobox"
        aria-label={t('palette.open')}
        aria-expanded
        aria-controls="palette-list"
        aria-activedescendant={entries[at] ? `palette-${at}` : undefined}
        placeholder={t('palette.hint')}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={keys}
        styles={{ root: { borderBottom: '1px solid var(--line)' } }}
      />
      <ul id="palette-list" role="listbox" aria-label={t('palette.open')} className={classes.palette}>
        {entries.map((entry, index) => (
          <li
            key={entry.key}
            id={`palette-${index}`}
            role="option"
            aria-selected={index === at}
            className={classes.entry}
            ref={index === at ? (node) => node?.scrollIntoView({ block: 'nearest' }) : undefined}
            onMouseMove={() => setAt(index)}
            onClick={() => open(entry)}
          >
            <Icon name={entry.icon} />
            <span className="clip">{entry.label}</span>
            <span className="quiet small">{entry.kind}</span>
          </li>
        ))}
        {entries.length === 0 && <li className="quiet" role="option" aria-selected={false}>{t('palette.none', { text })}</li>}
      </ul>
    </>
  );
}
