import { ActionIcon, Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon } from '../app/icons';
import classes from './queries.module.css';

export type Note = { text: string; undo?: () => void };

/** What was just done, and how to take it back. It stays until it is closed or something else is done. */
export function UndoNote({ note, onClose }: { note: Note | null; onClose: () => void }) {
  const { t } = useTranslation('queries');
  return (
    <div role="status" data-testid="note">
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
