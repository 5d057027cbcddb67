import { lazy, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServerError } from '../api/client';
import { ended, type Statement } from '../api/statements';
import type { ChartChoice } from './chart/choice';
import { useSaid } from '../app/said';
import { ErrorNote } from './ErrorNote';
import { Running } from './Progress';
import classes from './sql.module.css';

const grid = () => import('./ResultGrid').then((module) => ({ default: module.ResultGrid }));
const ResultGrid = lazy(grid);
const ChartPane = lazy(() => import('./chart/ChartPane'));

type Failure = { error: ServerError; line: number | null; mends: string[] };

/** What came of the statement: its rows, its error, or what it is doing. */
export function ResultPane(props: {
  statement: Statement | undefined; gone: boolean; lost: boolean; error: Failure | null; chart: ChartChoice;
  onChart: (chart: ChartChoice) => void; onMend: (name: string) => void;
}) {
  const { t } = useTranslation('sql');
  const said = useSaid();
  const { statement, error } = props;
  // Fetched while the statement runs.
  const asked = statement !== undefined;
  useEffect(() => {
    if (asked) void grid();
  }, [asked]);
  return (
    <section className={classes.result} aria-label={t('result')} aria-live="polite">
      {error ? (
        <ErrorNote {...error} onMend={props.onMend} />
      ) : statement && !ended(statement) ? (
        <Running statement={statement} />
      ) : statement?.state === 'FINISHED' && statement.schema?.length && props.chart.shown ? (
        <Suspense><ChartPane key={statement.statement_id} statement={statement} settings={props.chart.settings} onChange={(settings) => props.onChart({ shown: true, settings })} /></Suspense>
      ) : statement?.state === 'FINISHED' && statement.schema?.length ? (
        <Suspense><ResultGrid key={statement.statement_id} statement={statement} /></Suspense>
      ) : statement?.state === 'FINISHED' ? (
        <p className={classes.note}>{said.message(statement) || t('done')}</p>
      ) : (
        <p className={classes.note}>{statement?.state === 'CANCELLED' ? t('cancelled') : props.lost ? t('lost') : props.gone ? t('gone') : t('empty')}</p>
      )}
    </section>
  );
}
