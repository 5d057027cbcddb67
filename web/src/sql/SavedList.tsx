import { ActionIcon, Loader, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSavedQueries, type SavedSummary } from '../api/queries';
import { Icon } from '../app/icons';
import { Tip } from '../app/Tip';
import classes from './queries.module.css';

type Props = { open: string | undefined; onOpen: (id: string) => void; onRename: (query: SavedSummary) => void; onDelete: (query: SavedSummary) => void };

/** The queries one has saved: find, open, rename, delete. */
export default function SavedList({ open, onOpen, onRename, onDelete }: Props) {
  const { t } = useTranslation('queries');
  const { data, isPending, error } = useSavedQueries();
  const [text, setText] = useState('');
  const found = useMemo(() => {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    return (data ?? []).filter((query) => words.every((word) => `${query.name} ${query.excerpt}`.toLowerCase().includes(word)));
  }, [data, text]);
  if (isPending) return <Loader role="status" size="sm" m="sm" aria-label={t('shell:loading')} />;
  if (error) return <p role="alert" className="small">{error.message}</p>;
  if (data.length === 0) return <p className={classes.none}>{t('saved.empty')}</p>;
  return (
    <>
      <TextInput
        size="xs" mb="xs" value={text} aria-label={t('saved.find')} placeholder={t('saved.find')} leftSection={<Icon name="search" size={14} />}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <ul className={classes.list} aria-label={t('saved.title')}>
        {found.map((query) => (
          <li key={query.id} className={classes.item} data-open={query.id === open || undefined}>
            <button className={classes.open} aria-current={query.id === open || undefined} title={query.excerpt} onClick={() => onOpen(query.id)}>
              <Icon name="bookmark" size={15} />
              <span className="clip">{query.name}</span>
            </button>
            <span className={classes.acts}>
              <Tip label={t('saved.rename')}>
                <ActionIcon size={24} aria-label={t('saved.renameOne', { name: query.name })} onClick={() => onRename(query)}><Icon name="pencil" size={14} /></ActionIcon>
              </Tip>
              <Tip label={t('saved.delete')}>
                <ActionIcon size={24} aria-label={t('saved.deleteOne', { name: query.name })} onClick={() => onDelete(query)}><Icon name="bin" size={14} /></ActionIcon>
              </Tip>
            </span>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className={classes.none}>{t('saved.none', { text })}</p>}
    </>
  );
}
