import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call, type Schemas } from '../api/client';
import { useFormats } from '../app/format';
import { Icon } from '../app/icons';
import type { Plan, Report } from './load';
import classes from './load.module.css';
import { reasonText } from './loadWords';

const SHOWN = 100;

/** What a load has done, and the rows it could not take. */
export function LoadReport({ report, plan, onAgain }: { report: Report; plan: Plan; onAgain?: (plan: Plan) => void }) {
  const { t } = useTranslation('load');
  const format = useFormats();
  const rejects = useQuery({
    queryKey: ['rejects', report.id],
    enabled: report.rejects > 0,
    queryFn: async ({ signal }) => (await call<Schemas['Rejects']>('GET', `/api/v1/load/${report.id}/rejects?limit=${SHOWN}`, undefined, signal)).rejects ?? [],
  });
  const rows = rejects.data ?? [];
  const renamed = Object.fromEntries(Object.entries(plan.names).map(([from, to]) => [to, from]));
  const guilty = [...new Set(rows.map((row) => row.column ?? '').filter(Boolean))];
  return (
    <>
      <p style={{ margin: 0 }}>
        {t('done', { count: report.rows, shown: format.count(report.rows), table: report.table })}{' '}
        <span className="quiet">{format.duration(report.seconds * 1000)}</span>
      </p>
      {report.rejects > 0 && (
        <section aria-labelledby="rejects">
          <Group justify="space-between" mt="md" mb={4}>
            <h2 id="rejects" className={`subtitle ${classes.amber}`}>{t('rejects', { count: report.rejects, shown: format.count(report.rejects) })}</h2>
            <Button component="a" variant="subtle" href={`/api/v1/load/${report.id}/rejects.csv`} download leftSection={<Icon name="download" />}>{t('download')}</Button>
          </Group>
          <div className={classes.rejectBox} tabIndex={0} role="region" aria-labelledby="rejects">
            <table className={classes.rejectTable}>
              <thead>
                <tr>{(['line', 'column', 'value', 'why'] as const).map((head) => <th key={head} scope="col">{t(`rejected.${head}`)}</th>)}</tr>
              </thead>
              <tbody>
                {rows.map((row, at) => (
                  <tr key={at}>
                    <td>{row.line}</td>
                    <td><span className="clip">{row.column}</span></td>
                    <td><span className="clip mono" title={row.column ? row.value : row.text}>{row.column ? row.value : row.text}</span></td>
                    <td>{reasonText(row, t)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {report.rejects > SHOWN && <p className="facts" style={{ margin: '4px 0 0' }}>{t('firstRejects', { count: SHOWN })}</p>}
          {onAgain && guilty.map((column) => (
            <Button
              key={column} variant="default" mt="sm" mr="sm"
              onClick={() => onAgain({ ...plan, mode: 'replace', types: { ...plan.types, [renamed[column] ?? column]: 'VARCHAR' } })}
            >
              {t('again', { column })}
            </Button>
          ))}
        </section>
      )}
    </>
  );
}
