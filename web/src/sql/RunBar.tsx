import { Button, Tooltip } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cancel, ended, type Statement } from '../api/statements';
import { Icon } from '../app/icons';
import { exportCsv } from './exportCsv';
import { Facts } from './Facts';
import classes from './sql.module.css';

/** What runs the text, and the facts of what was run. */
export function RunBar({ statement, text, onRun }: { statement: Statement | undefined; text: string; onRun: () => void }) {
  const { t } = useTranslation('sql');
  const running = statement !== undefined && !ended(statement);
  return (
    <div className={classes.bar}>
      {running ? (
        <Button color="gray" variant="default" leftSection={<Icon name="stop" size={14} />} onClick={() => void cancel(statement.statement_id)}>{t('cancel')}</Button>
      ) : (
        <Tooltip label={t('runHint')}>
          <Button leftSection={<Icon name="run" size={14} />} onClick={onRun} disabled={text.trim() === ''}>{t('run')}</Button>
        </Tooltip>
      )}
      {statement && ended(statement) && <Facts statement={statement} />}
      {statement?.state === 'FINISHED' && (statement.schema?.length ?? 0) > 0 && <Export statement={statement} />}
    </div>
  );
}

function Export({ statement }: { statement: Statement }) {
  const { t } = useTranslation('sql');
  const [share, setShare] = useState<number | null>(null);
  return (
    <Button
      ml="auto"
      variant="subtle"
      color="gray"
      leftSection={<Icon name="download" />}
      loading={share !== null}
      onClick={() => {
        setShare(0);
        void exportCsv(statement, setShare).finally(() => setShare(null));
      }}
    >
      CSV<span className="unseen"> {t('export')}</span>
    </Button>
  );
}
