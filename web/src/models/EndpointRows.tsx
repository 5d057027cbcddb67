import { Button, Loader } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../app/format';
import type { Existing } from './ConnectDialog';
import classes from './models.module.css';
import { place, test, useConnections, useEndpoints, useLastCalls, useRefresh, type Connection, type Endpoint, type LastCall, type Outcome } from './queries';
import { useOutcomeText } from './outcome';

const ConnectDialog = lazy(() => import('./ConnectDialog'));

export function EndpointRows() {
  const { t } = useTranslation('models');
  const endpoints = useEndpoints();
  const connections = useConnections();
  const calls = useLastCalls();
  const [edited, setEdited] = useState<Existing | null>(null);
  const of = (endpoint: Endpoint) => connections.data?.find((one) => one.name === endpoint.connection);
  const edit = (endpoint: Endpoint) => {
    const connection = of(endpoint);
    if (connection) setEdited({ endpoint, connection });
  };
  const error = endpoints.error ?? connections.error;
  return (
    <section className={classes.part}>
      <h2 className="subtitle">{t('endpoints.title')}</h2>
      <p className="quiet small">{t('endpoints.text')}</p>
      {error && <p role="alert" className={classes.failed}>{error.message}</p>}
      {endpoints.isPending && <Loader role="status" size="sm" mt="sm" aria-label={t('shell:loading')} />}
      {endpoints.data?.length === 0 && <p className={classes.empty}>{t('endpoints.none')}</p>}
      {endpoints.data && endpoints.data.length > 0 && (
        <ul className={classes.rows} aria-label={t('endpoints.title')}>
          {endpoints.data.map((endpoint) => (
            <Row key={endpoint.name} endpoint={endpoint} connection={of(endpoint)} last={calls.data?.get(endpoint.name)} onEdit={() => edit(endpoint)} />
          ))}
        </ul>
      )}
      {edited && (
        <Suspense><ConnectDialog existing={edited} onClose={() => setEdited(null)} /></Suspense>
      )}
    </section>
  );
}

function Row({ endpoint, connection, last, onEdit }: { endpoint: Endpoint; connection: Connection | undefined; last: LastCall | undefined; onEdit: () => void }) {
  const { t } = useTranslation('models');
  const { host, here } = place(connection?.url);
  const zones = [...new Set([...endpoint.zones, ...(connection?.zones ?? [])])];
  return (
    <li className={classes.row}>
      <div className={classes.who}>
        <span className={classes.name}>
          <strong className="clip">{endpoint.name}</strong>
          {endpoint.isDefault && <span className={classes.badge}>{t('endpoints.default')}</span>}
          {endpoint.simulated && <span className={classes.simulated}>{t('endpoints.simulated')}</span>}
        </span>
        <span className="facts">
          {endpoint.model} · {here ? t('endpoints.here', { host }) : host}
          {zones.length > 0 && ` · ${zones.join(', ')}`}
        </span>
      </div>
      <Price endpoint={endpoint} />
      <State endpoint={endpoint} last={last} />
      <Button className={classes.action} variant="subtle" color="gray" onClick={onEdit} aria-label={t('endpoints.editOf', { name: endpoint.name })}>{t('endpoints.edit')}</Button>
    </li>
  );
}

function Price({ endpoint }: { endpoint: Endpoint }) {
  const { t } = useTranslation('models');
  const format = useFormats();
  const { priceInput, priceOutput, currency } = endpoint;
  if (priceInput === null || priceOutput === null || currency === null) return <span className={`facts ${classes.price}`}>{t('endpoints.priceUnknown')}</span>;
  return (
    <span className={`facts ${classes.price}`}>
      {t('endpoints.price', { input: format.money(priceInput, currency), output: format.money(priceOutput, currency) })}
      <span>{t('endpoints.perMillion')}</span>
    </span>
  );
}

/** What the last real call said, and a way to ask again. */
function State({ endpoint, last }: { endpoint: Endpoint; last: LastCall | undefined }) {
  const { t } = useTranslation('models');
  const format = useFormats();
  const refresh = useRefresh();
  const words = useOutcomeText();
  const [outcome, setOutcome] = useState<Outcome | 'asking' | null>(null);
  const check = async () => {
    setOutcome('asking');
    try {
      setOutcome(await test({ endpoint: endpoint.name }));
      void refresh();
    } catch {
      setOutcome(null);
    }
  };
  const asking = outcome === 'asking';
  const told = outcome !== null && outcome !== 'asking' ? outcome : null;
  const good = told ? told.answered : last?.error === '';
  return (
    <div className={classes.state}>
      <span aria-live="polite" data-good={told || last ? good : undefined} className={classes.health}>
        {asking ? t('endpoints.asking') : told ? words.headline(told) : last ? t(good ? 'endpoints.answering' : 'endpoints.failing', { why: words.code(last.error) }) : t('endpoints.unchecked')}
      </span>
      <span className="facts">{!told && last && format.moment(last.at)}</span>
      {told && !told.answered && <span className="facts" lang="en">{told.message}</span>}
      <Button className={classes.check} variant="default" size="compact-xs" loading={asking} onClick={() => void check()} aria-label={t('endpoints.testOf', { name: endpoint.name })}>{t('endpoints.test')}</Button>
    </div>
  );
}
