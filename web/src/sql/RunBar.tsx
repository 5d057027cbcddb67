import { Button, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { cancel, ended, type Statement } from '../api/statements';
import { Icon } from '../app/icons';
import type { ChartChoice } from './chart/choice';
import { Facts } from './Facts';
import { ResultTools } from './ResultTools';
import classes from './sql.module.css';

/** What runs the text, and the facts of what was run. */
export function RunBar({ statement, text, chart, onChart, onRun }: {
  statement: Statement | undefined; text: string; chart: ChartChoice; onChart: (chart: ChartChoice) => void; onRun: () => void;
}) {
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
      {statement?.state === 'FINISHED' && (statement.schema?.length ?? 0) > 0 && <ResultTools key={statement.statement_id} statement={statement} chart={chart} onChart={onChart} />}
    </div>
  );
}
