import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FileDrop } from '../data/FileDrop';
import { DemoWay } from './DemoWay';
import { Icon } from './icons';
import classes from './shell.module.css';

const ConnectDialog = lazy(() => import('../models/ConnectDialog'));
const LoadDialog = lazy(() => import('../data/LoadDialog'));

/** The first run: what one can do on an empty installation. */
export default function Welcome() {
  const { t } = useTranslation();
  const [connecting, setConnecting] = useState(false);
  const [files, setFiles] = useState<File[]>([]);
  return (
    <div className={classes.welcome}>
      <h1 className="title">{t('welcome.title')}</h1>
      <p className="quiet" style={{ maxWidth: '60ch', marginTop: 4 }}>{t('welcome.text')}</p>
      <FileDrop onFiles={setFiles} />
      <div className={classes.ways}>
        <DemoWay />
        <section>
          <h2 className="subtitle">{t('welcome.model')}</h2>
          <p className="quiet" style={{ margin: '4px 0 10px' }}>{t('welcome.modelText')}</p>
          <Button size="sm" variant="default" leftSection={<Icon name="model" />} onClick={() => setConnecting(true)}>{t('welcome.model')}</Button>
        </section>
      </div>
      {connecting && <Suspense><ConnectDialog onClose={() => setConnecting(false)} /></Suspense>}
      {files.length > 0 && (
        <Suspense>
          <LoadDialog files={files} onClose={() => setFiles([])} />
        </Suspense>
      )}
    </div>
  );
}
