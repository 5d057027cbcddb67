import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../app/format';
import { Icon } from '../app/icons';
import { follow } from '../app/Shell';
import { openQuery } from '../sql/tabs';
import { Interval } from './Interval';
import classes from './models.module.css';
import { modelPath, useOwnModels, useTraining } from './ownModels';

/** Models trained here on rows of one's own. */
export function OwnRows() {
  const { t } = useTranslation('models');
  const format = useFormats();
  const { data, error } = useOwnModels();
  const current = data?.filter((model) => model.current);
  return (
    <section className={classes.part}>
      <h2 className="subtitle">{t('own.title')}</h2>
      <p className="quiet small">{t('own.text')}</p>
      {error && <p role="alert" className={classes.failed}>{error.message}</p>}
      {current?.length === 0 && <First />}
      {current && current.length > 0 && (
        <ul className={classes.rows} aria-label={t('own.title')}>
          {current.map((model) => {
            const { report } = model;
            const path = modelPath(model);
            return (
              <li key={path} className={classes.own}>
                <a href={path} onClick={(event) => follow(event, path)} className={classes.who}>
                  <strong className="clip">{model.name}</strong>
                  <span className="facts">{model.catalog}.{model.schema} · {t('own.version', { version: format.count(model.version) })} · {format.day(model.createdAt)}</span>
                </a>
                <span className="facts">{t('own.labels', { count: report.labels.length })} · {t('own.texts', { count: report.trainTexts, shown: format.count(report.trainTexts) })}</span>
                <Interval estimate={report.accuracy} baseline={report.baseline} name={t('own.accuracy')} />
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}

function First() {
  const { t } = useTranslation('models');
  const training = useTraining();
  const statement = training?.statement ?? 'CREATE MODEL router\nPREDICTING topic\nFROM (SELECT text, topic FROM letters)';
  return (
    <div className={classes.first}>
      <p>{t('own.none')}</p>
      <pre tabIndex={0}>{statement}</pre>
      {training && <Button variant="default" leftSection={<Icon name="sql" />} onClick={() => openQuery(statement)}>{t('own.open')}</Button>}
      {!training && <p className="quiet small">{t('own.noTable')}</p>}
    </div>
  );
}
