import { Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { OWN, submit, useStatement } from '../api/statements';
import { ResultGrid } from '../sql/ResultGrid';
import classes from './data.module.css';

const ROWS = 1000;

/** The first rows of a table, a view or a version. */
export function Sample({ source }: { source: string }) {
  const { t } = useTranslation('data');
  const started = useQuery({
    queryKey: ['catalog', 'sample', source],
    queryFn: () => submit(`${OWN}SELECT * FROM ${source} LIMIT ${ROWS}`),
    staleTime: 10 * 60_000,
  });
  const { data } = useStatement(started.data?.statement_id ?? null);
  const error = started.error ?? (data?.error ? new Error(data.error.message) : null);
  if (error) return <p role="alert" className={classes.missing}>{error.message}</p>;
  if (data?.state !== 'FINISHED') return <Loader role="status" size="sm" m="lg" aria-label={t('shell:loading')} />;
  if ((data.total ?? 0) === 0) return <p className={classes.missing}>{t('noRows')}</p>;
  return <ResultGrid key={data.statement_id} statement={data} />;
}
