import { ActionIcon, Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../app/icons';
import classes from './queries.module.css';

export type Note = { text: string; undo?: () => void };

const SHOWN_MILLIS = 6000;

/** What was just done. Where it can be taken back it stays until it is closed or something else is done. */
export function UndoNote({ note, onClose }: { note: Note | null; onClose: () => void }) {
  const { t } = useTranslation('queries');
  const latest = useRef(onClose);
  useEffect(() => {
    latest.current = onClose;
  });
  useEffect(() => {
    if (!note || note.undo) return;
    const timer = setTimeout(() => latest.current(), SHOWN_MILLIS);
    return () => clearTimeout(timer);
  }, [note]);
  return (
    <div role="status" data-testid="note" className={classes.status}>
      {note && (
        <div className={classes.note}>
          <span className="clip">{note.text}</span>
          {note.undo && (
            <Button
              variant="subtle"
              size="compact-sm"
              onClick={() => {
                onClose();
                note.undo?.();
              }}
            >
              {t('undo')}
            </Button>
          )}
          <ActionIcon size={24} aria-label={t('shell:close')} onClick={onClose}><Icon name="close" size={12} /></ActionIcon>
        </div>
      )}
    </div>
  );
}
