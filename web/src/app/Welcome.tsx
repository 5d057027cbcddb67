import { ActionIcon, CopyButton, Tooltip } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FileDrop } from '../data/FileDrop';
import { DemoWay } from './DemoWay';
import { Icon } from './icons';
import classes from './shell.module.css';

const LoadDialog = lazy(() => import('../data/LoadDialog'));

/** The first run: what one can do on an empty installation. */
export default function Welcome() {
  const { t } = useTranslation();
  const [files, setFiles] = useState<File[]>([]);
  return (
    <div className={classes.welcome}>
      <h1 className="title">{t('welcome.title')}</h1>
      <p className="quiet" style={{ maxWidth: '60ch', marginTop: 4 }}>{t('welcome.text')}</p>
      <FileDrop onFiles={setFiles} />
      <div className={classes.ways}>
        <DemoWay />
        <Way title={t('welcome.model')} text={t('welcome.modelText')} command="./estran models add NAME --url URL --key-env VAR" />
      </div>
      {files.length > 0 && (
        <Suspense>
          <LoadDialog files={files} onClose={() => setFiles([])} />
        </Suspense>
      )}
    </div>
  );
}

function Way({ title, text, command }: { title: string; text: string; command: string }) {
  const { t } = useTranslation();
  return (
    <section>
      <h2 className="subtitle">{title}</h2>
      <p className="quiet" style={{ margin: '4px 0 0' }}>{text}</p>
      <div className={classes.command}>
        <code tabIndex={0}>{command}</code>
        <CopyButton value={command}>
          {({ copied, copy }) => (
            <Tooltip label={t(copied ? 'copied' : 'copy')}>
              <ActionIcon onClick={copy} aria-label={t(copied ? 'copied' : 'copy')}><Icon name="copy" /></ActionIcon>
            </Tooltip>
          )}
        </CopyButton>
      </div>
    </section>
  );
}
