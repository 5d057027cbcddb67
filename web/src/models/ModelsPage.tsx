import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../app/icons';
import { useLocation } from '../app/router';
import { EndpointRows } from './EndpointRows';
import { LocalRows } from './LocalRows';
import classes from './models.module.css';
import { OwnModelPage } from './OwnModelPage';
import { OwnRows } from './OwnRows';

const ConnectDialog = lazy(() => import('./ConnectDialog'));

/** Everything a statement can name as `model`: endpoints, methods of this process, models trained here. */
export default function ModelsPage() {
  const { parts } = useLocation();
  const [, catalog, schema, name] = parts;
  return catalog && schema && name ? <OwnModelPage key={parts.join('/')} name={{ catalog, schema, name }} /> : <Overview />;
}

function Overview() {
  const { t } = useTranslation('models');
  const [connecting, setConnecting] = useState(false);
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <div>
          <h1 className="title">{t('title')}</h1>
          <p className="quiet">{t('intro')}</p>
        </div>
        <Button size="sm" leftSection={<Icon name="plus" />} onClick={() => setConnecting(true)}>{t('connect.open')}</Button>
      </header>
      <EndpointRows />
      <OwnRows />
      <LocalRows onConnect={() => setConnecting(true)} />
      {connecting && <Suspense><ConnectDialog onClose={() => setConnecting(false)} /></Suspense>}
    </div>
  );
}
