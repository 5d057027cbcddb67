import { Button } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { Estimate } from '../api/queries';
import { cancel, ended, type Statement } from '../api/statements';
import { useFormats } from '../app/format';
import { Icon } from '../app/icons';
import { Tip } from '../app/Tip';
import { BudgetField } from './BudgetField';
import type { ChartChoice } from './chart/choice';
import { Facts } from './Facts';
import { local, priceDetails, priceOf } from './price';
import queries from './queries.module.css';
import classes from './sql.module.css';
import type { Batch } from './useRun';

const ResultTools = lazy(() => import('./ResultTools'));

type Props = {
  statement: Statement | undefined;
  text: string;
  chart: ChartChoice;
  onChart: (chart: ChartChoice) => void;
  onRun: () => void;
  estimate?: Estimate;
  batch?: Batch | null;
  budget?: { value: string; onChange: (value: string) => void };
};

/** What runs the text and what that would cost, and the facts of what was run. */
export function RunBar({ statement, text, chart, onChart, onRun, estimate, batch, budget }: Props) {
  const { t } = useTranslation('sql');
  const running = statement !== undefined && !ended(statement);
  const mayCost = estimate !== undefined && estimate.stages.length > 0 && !local(estimate);
  return (
    <div className={classes.bar}>
      {running ? (
        <Button color="gray" variant="default" leftSection={<Icon name="stop" size={14} />} onClick={() => void cancel(statement.statement_id)}>{t('cancel')}</Button>
      ) : (
        <Run disabled={text.trim() === ''} estimate={estimate} onRun={onRun} />
      )}
      {budget && (mayCost || budget.value !== '') && <BudgetField currency={estimate?.currency ?? 'EUR'} {...budget} />}
      {batch && <span className={queries.batch} role="status">{batch.state === 'done' ? t('queries:batch.done', { count: batch.of }) : t(batch.state === 'failed' ? 'queries:batch.failed' : 'queries:batch.at', { at: batch.at, of: batch.of })}</span>}
      {statement && ended(statement) && <Facts statement={statement} />}
      {statement?.state === 'FINISHED' && (statement.schema?.length ?? 0) > 0 && <Suspense><ResultTools key={statement.statement_id} statement={statement} chart={chart} onChart={onChart} /></Suspense>}
    </div>
  );
}

function Run({ disabled, estimate, onRun }: { disabled: boolean; estimate: Estimate | undefined; onRun: () => void }) {
  const { t } = useTranslation('sql');
  const format = useFormats();
  const price = estimate ? priceOf(estimate, t, format) : '';
  const details = estimate && price ? priceDetails(estimate, t, format) : [];
  return (
    <Tip label={[t('runHint'), ...details].join('\n')}>
      <Button data-testid="run" leftSection={<Icon name="run" size={14} />} onClick={onRun} disabled={disabled}>
        {t('run')}{price && <span className={queries.price}>&nbsp;· {price}</span>}
      </Button>
    </Tip>
  );
}
