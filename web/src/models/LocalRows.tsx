import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './models.module.css';
import { useEndpoints, useLocalMethods, type LocalMethod } from './queries';

/** What works with no model at all, and what does not. */
export function LocalRows({ onConnect }: { onConnect: () => void }) {
  const { t } = useTranslation('models');
  const methods = useLocalMethods();
  const chosen = useEndpoints().data?.find((endpoint) => endpoint.isDefault)?.name;
  const missing = methods.data?.some((one) => one.state === 'needs a model') && chosen === undefined;
  return (
    <section className={classes.part}>
      <h2 className="subtitle">{t('local.title')}</h2>
      <p className="quiet small">{t('local.text')}</p>
      {methods.error && <p role="alert" className={classes.failed}>{methods.error.message}</p>}
      <ul className={classes.rows} aria-label={t('local.title')}>
        {methods.data?.map((method) => <Row key={method.name} method={method} chosen={chosen} />)}
      </ul>
      {missing && (
        <div className={classes.offer}>
          <span>{t('local.missing')}</span>
          <code tabIndex={0}>./estran models add NAME --url URL</code>
          <Button variant="default" onClick={onConnect}>{t('connect.open')}</Button>
        </div>
      )}
    </section>
  );
}

function Row({ method, chosen }: { method: LocalMethod; chosen: string | undefined }) {
  const { t, i18n } = useTranslation('models');
  const key = method.name.replace(/\(.*/, method.name.includes('c.s.m') ? '_own' : '');
  const state = method.state === 'works' ? 'works' : method.state === 'by extract' ? 'extract' : chosen ? 'served' : 'needs';
  const quality = method.quality?.replace(/;.*/, '');
  return (
    <li className={classes.method} data-state={state}>
      <code>{method.name}</code>
      <span className="clip-2">{i18n.exists(`models:local.does.${key}`) ? t(`local.does.${key}`) : method.method}</span>
      <span className={classes.capability}>{t(`local.states.${state}`, { name: chosen })}</span>
      <span className="facts" lang="en">{quality}</span>
    </li>
  );
}
