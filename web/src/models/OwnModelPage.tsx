import { Button, Loader, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { quoted } from '../api/catalog';
import { ask } from '../api/statements';
import { useFormats } from '../app/format';
import { Icon } from '../app/icons';
import { go, useLocation } from '../app/router';
import { follow } from '../app/Shell';
import { openQuery } from '../sql/tabs';
import { literal } from './connect';
import classes from './models.module.css';
import { classify, modelPath, served, useOwnModels, type OwnModel } from './ownModels';
import { ReportView } from './ReportView';

/** An own model: what it is worth, and a place to try it. */
export function OwnModelPage({ name }: { name: { catalog: string; schema: string; name: string } }) {
  const { t } = useTranslation('models');
  const format = useFormats();
  const { query } = useLocation();
  const { data, error } = useOwnModels();
  if (error) return <p role="alert" className={classes.missing}>{error.message}</p>;
  if (!data) return <Loader role="status" size="sm" m="lg" aria-label={t('shell:loading')} />;
  const versions = data.filter((model) => model.catalog === name.catalog && model.schema === name.schema && model.name === name.name);
  const model = versions.find((one) => String(one.version) === query.get('version')) ?? versions.find((one) => one.current);
  if (!model) return <p className={classes.missing}>{t('own.missing', { name: served(name) })}</p>;
  const { report } = model;
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <div style={{ minWidth: 0 }}>
          <p className="quiet small" style={{ margin: 0 }}>
            <a href="/models" onClick={(event) => follow(event, '/models')}>{t('title')}</a> · {model.catalog}.{model.schema}
          </p>
          <h1 className="title clip">{model.name}</h1>
          <p className="facts" style={{ margin: 0 }}>
            {t('own.version', { version: format.count(model.version) })} · {t('own.labels', { count: report.labels.length })} ·{' '}
            {t('own.texts', { count: report.trainTexts, shown: format.count(report.trainTexts) })} · {format.moment(model.createdAt)} · {model.createdBy}
          </p>
        </div>
        <Button size="sm" leftSection={<Icon name="sql" />} onClick={() => void example(model).then(openQuery)}>{t('own.use')}</Button>
      </header>
      {!model.current && (
        <div className={classes.older} role="status">
          <span>{t('own.older', { version: format.count(model.version) })}</span>
          <Button variant="subtle" size="compact-sm" onClick={() => go(modelPath(model))}>{t('own.newest')}</Button>
        </div>
      )}
      {model.current && <TryIt model={model} />}
      <ReportView report={report} />
      <Versions versions={versions} shown={model} />
      <section className={classes.part}>
        <h2 className="subtitle">{t('own.source')}</h2>
        <p className="quiet small">{t('own.sourceText')}</p>
        <pre className={classes.code} tabIndex={0}>{retrain(model)}</pre>
        <Button variant="default" leftSection={<Icon name="sql" />} onClick={() => openQuery(retrain(model))}>{t('own.open')}</Button>
      </section>
    </div>
  );
}

function retrain(model: OwnModel): string {
  return `CREATE OR REPLACE MODEL ${served(model)}\nPREDICTING ${model.predicting}\nFROM (${model.source.trim()})`;
}

/** Over the rows it learnt from, where they are still there: the first thing one would look at. */
async function example(model: OwnModel): Promise<string> {
  const source = model.source.trim();
  const columns = await ask(`DESCRIBE SELECT * FROM (${source})`).catch(() => []);
  const texts = columns.filter(([name, type]) => type === 'VARCHAR' && String(name).toLowerCase() !== model.predicting.toLowerCase()).map(([name]) => quoted(String(name)));
  if (texts.length === 0) return `SELECT ${classify(model, literal('…'))} AS answer`;
  const text = texts.length === 1 ? texts[0]! : `concat_ws(chr(10), ${texts.join(', ')})`;
  return `SELECT *, ${classify(model, text)} AS answer\nFROM (${source}) AS t\nLIMIT 100`;
}

function TryIt({ model }: { model: OwnModel }) {
  const { t } = useTranslation('models');
  const [text, setText] = useState('');
  const [answer, setAnswer] = useState<{ label: string | null } | { error: string } | 'asking' | null>(null);
  const submit = async () => {
    setAnswer('asking');
    try {
      const [row] = await ask(`SELECT ${classify(model, literal(text))}`);
      setAnswer({ label: row?.[0] === null || row?.[0] === undefined ? null : String(row[0]) });
    } catch (error) {
      setAnswer({ error: (error as Error).message });
    }
  };
  return (
    <form
      className={classes.try}
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim()) void submit();
      }}
    >
      <Textarea
        label={t('try.label')} placeholder={t('try.hint')} autosize minRows={2} maxRows={8} maxLength={20000} value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setAnswer(null);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && text.trim()) void submit();
        }}
      />
      <div className={classes.answer}>
        <Button type="submit" loading={answer === 'asking'} disabled={!text.trim()}>{t('try.run')}</Button>
        <span role="status">
          {answer !== null && answer !== 'asking' && ('error' in answer ? <span className={classes.failed}>{answer.error}</span> : answer.label === null ? <span className="quiet">{t('try.abstains')}</span> : <strong className={classes.generated}>{answer.label}</strong>)}
        </span>
      </div>
    </form>
  );
}

function Versions({ versions, shown }: { versions: OwnModel[]; shown: OwnModel }) {
  const { t } = useTranslation('models');
  const format = useFormats();
  if (versions.length < 2) return null;
  return (
    <section className={classes.part}>
      <h2 className="subtitle">{t('own.versions')}</h2>
      <ul className={classes.rows} aria-label={t('own.versions')}>
        {versions.map((one) => {
          const path = modelPath(one) + (one.current ? '' : `?version=${one.version}`);
          return (
            <li key={one.version} className={classes.own}>
              <a href={path} onClick={(event) => follow(event, path)} className={classes.who} aria-current={one === shown ? 'true' : undefined}>
                <strong>{t('own.version', { version: format.count(one.version) })}</strong>
                <span className="facts">{format.moment(one.createdAt)} · {one.createdBy}</span>
              </a>
              <span className="facts">{t('own.texts', { count: one.report.trainTexts, shown: format.count(one.report.trainTexts) })}</span>
              <span className={classes.figure}>{format.percent(one.report.accuracy.value)}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
