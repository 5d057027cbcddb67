import { ActionIcon, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { literal } from '../api/catalog';
import { perform } from '../api/statements';
import { Icon } from '../app/icons';
import classes from './data.module.css';

/** A comment that is edited where it stands; `quietly` does not say that there is none. `head` is the statement up to IS: COMMENT ON TABLE t. */
export function Comment({ text, head, label, quietly }: { text: string | null; head: string; label: string; quietly?: boolean }) {
  const { t } = useTranslation('table');
  const client = useQueryClient();
  const [draft, setDraft] = useState<string | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const save = async () => {
    if (draft === null || draft.trim() === (text ?? '')) {
      setDraft(null);
      return;
    }
    try {
      await perform(`${head} IS ${draft.trim() === '' ? 'NULL' : literal(draft.trim())}`);
      await client.invalidateQueries({ queryKey: ['catalog'] });
      setDraft(null);
      setFailure(null);
    } catch (error) {
      setFailure((error as Error).message);
    }
  };
  if (draft === null) {
    return (
      <span className={classes.comment}>
        <span className={text ? undefined : 'quiet'}>{text ?? (quietly ? '' : t('comment.none'))}</span>
        <ActionIcon size="sm" aria-label={label} title={label} onClick={() => setDraft(text ?? '')}><Icon name="pen" size={14} /></ActionIcon>
      </span>
    );
  }
  return (
    <TextInput
      size="xs" autoFocus aria-label={label} value={draft} error={failure} maxLength={2000} placeholder={t('comment.hint')}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={() => void save()}
      onKeyDown={(event) => {
        if (event.key === 'Enter') void save();
        if (event.key === 'Escape') {
          event.stopPropagation();
          setDraft(null);
        }
      }}
    />
  );
}
