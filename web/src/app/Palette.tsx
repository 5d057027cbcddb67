import { Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEntries, type Entry } from './entries';
import { Icon } from './icons';
import { useReturnFocus } from './returnFocus';
import { search } from './search';
import classes from './shell.module.css';

const MOST = 50;

export default function Palette({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  useReturnFocus();
  return (
    <Modal opened={opened} onClose={onClose} withCloseButton={false} padding={0} size={560} yOffset="12vh" aria-label={t('palette.open')}>
      <Finder onClose={onClose} />
    </Modal>
  );
}

function Finder({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const all = useEntries();
  const entries = search(all, text).slice(0, MOST);
  const open = (entry: Entry | undefined) => {
    if (!entry) return;
    onClose();
    entry.run();
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
