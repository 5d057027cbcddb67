import { Button, Progress } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/client';
import { cancel, ended, submit, useStatement, type Statement } from '../api/statements';
import { useDemo } from '../data/acts';
import { openQuery } from '../sql/tabs';
import { useJobs } from './jobs';

const MODEL = `CREATE OR REPLACE MODEL lake.demo.ticket_router
PREDICTING topic
FROM (SELECT concat_ws('. ', subject, body) AS text, topic FROM lake.demo.tickets)`;

const query = (comment: string) => `-- ${comment}
SELECT s.name, s.city, round(sum(o.quantity * o.unit_price), 2) AS turnover
FROM lake.demo.orders AS o
JOIN lake.demo.shops AS s USING (shop_id)
GROUP BY ALL
ORDER BY turnover DESC`;

/** The demo company at a click: loads its tables, then opens a first query; its model is trained meanwhile. */
export function DemoWay() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const jobs = useJobs();
  const demo = useDemo();
  const [id, setId] = useState<string | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const { data } = useStatement(id);
  const running = id !== null && !ended(data);
  const finished = data?.state === 'FINISHED';
  const title = t('welcome.demoQuery');
  useEffect(() => {
    if (!finished) return;
    void client.invalidateQueries({ queryKey: ['catalog'] });
    submit(MODEL).then((model) => jobs.start({ id: model.statement_id, label: t('welcome.demoModel') }), () => undefined);
    openQuery(query(title));
    // Once, when the load has ended.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [finished]);
  const start = async () => {
    setFailure(null);
    try {
      setId((await call<Statement>('POST', '/api/v1/demo')).statement_id);
    } catch (error) {
      setFailure((error as Error).message);
    }
  };
  const missing = demo.data && !demo.data.available && !demo.data.complete;
  const error = failure ?? data?.error?.message;
  return (
    <section>
      <h2 className="subtitle">{t('welcome.demo')}</h2>
      <p className="quiet" style={{ margin: '4px 0 12px' }}>{t('welcome.demoText')}</p>
      {demo.data?.complete && !running ? (
        <Button size="sm" variant="default" onClick={() => openQuery(query(title))}>{t('welcome.demoOpen')}</Button>
      ) : (
        <Button size="sm" onClick={() => void start()} loading={running} disabled={!demo.data || missing}>{t('welcome.demoLoad')}</Button>
      )}
      {missing && <p className="quiet small">{t('welcome.demoMissing')}</p>}
      {running && (
        <div style={{ marginTop: 12 }}>
          <Progress value={Math.max(5, (data?.fraction ?? 0) * 100)} animated size="sm" aria-label={t('welcome.demoLoading')} />
          <p className="facts" role="status" style={{ margin: '4px 0 0' }}>
            {t('welcome.demoLoading')} {data?.stage}{' '}
            <Button variant="subtle" size="compact-xs" onClick={() => void cancel(id)}>{t('jobs.cancel')}</Button>
          </p>
        </div>
      )}
      {error && <p role="alert" style={{ color: 'var(--rust)' }}>{error}</p>}
    </section>
  );
}
