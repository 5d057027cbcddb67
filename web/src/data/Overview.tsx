import { ActionIcon, Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { quoted, sqlName, useTree, type SchemaNode } from '../api/catalog';
import { ask, perform } from '../api/statements';
import { useFormats } from '../app/format';
import { Icon, iconOf } from '../app/icons';
import { modelPath, tablePath } from '../app/router';
import { follow } from '../app/Shell';
import { DropSchemaDialog, SchemaDialog, ViewDialog } from './acts';
import classes from './data.module.css';
import { FileDrop } from './FileDrop';

const SCHEMAS_ASKED = 20;
const TABLES_SHOWN = 60;

/** What there is, by schema; where files are dropped, schemas and views are made and dropped tables brought back. */
export function Overview({ onFiles }: { onFiles: (files: File[]) => void }) {
  const { t } = useTranslation('data');
  const [open, setOpen] = useState<'schema' | 'view' | SchemaNode | null>(null);
  const own = (useTree().data ?? []).filter((schema) => schema.catalog !== 'system');
  return (
    <div className={classes.overview}>
      <div className={classes.overviewHead}>
        <div>
          <h1 className="title">{t('title')}</h1>
          <p className="quiet" style={{ margin: '4px 0 20px' }}>{t('intro')}</p>
        </div>
        <div className={classes.headActs}>
          <Button variant="default" onClick={() => setOpen('schema')}>{t('table:schema.create')}</Button>
          <Button variant="default" onClick={() => setOpen('view')}>{t('table:view.create')}</Button>
        </div>
      </div>
      <FileDrop onFiles={onFiles} />
      <Dropped schemas={own} />
      {own.map((schema) => (
        <section key={`${schema.catalog}.${schema.schema}`} className={classes.schemaBlock} aria-label={`${schema.catalog}.${schema.schema}`}>
          <div className={classes.schemaHead}>
            <h2 className="subtitle">{schema.catalog}.{schema.schema}</h2>
            {!(schema.catalog === 'lake' && schema.schema === 'default') && (
              <ActionIcon size="sm" aria-label={t('table:schema.drop', { name: schema.schema })} title={t('table:schema.drop', { name: schema.schema })} onClick={() => setOpen(schema)}><Icon name="close" size={14} /></ActionIcon>
            )}
          </div>
          {schema.objects.length === 0 && <p className="quiet small" style={{ margin: '4px 0' }}>{t('emptySchema')}</p>}
          <ul className={classes.tables}>
            {schema.objects.slice(0, TABLES_SHOWN).map((table) => {
              const path = table.kind === 'model' ? modelPath(table) : tablePath(table);
              return (
                <li key={table.name}>
                  <a href={path} title={table.comment} onClick={(event) => follow(event, path)}>
                    <Icon name={iconOf(table.kind)} /> <span className="clip">{table.name}</span> <span className="quiet small">{t(`kinds.${table.kind}`)}</span>
                  </a>
                </li>
              );
            })}
          </ul>
          {schema.objects.length > TABLES_SHOWN && <p className="facts">{t('table:schema.more', { count: schema.objects.length - TABLES_SHOWN })}</p>}
        </section>
      ))}
      {open === 'schema' && <SchemaDialog onClose={() => setOpen(null)} />}
      {open === 'view' && <ViewDialog onClose={() => setOpen(null)} />}
      {open !== null && typeof open === 'object' && <DropSchemaDialog schema={open} onClose={() => setOpen(null)} />}
    </div>
  );
}

/** Tables dropped within the last day, each a click away from being back. */
function Dropped({ schemas }: { schemas: SchemaNode[] }) {
  const { t } = useTranslation('data');
  const format = useFormats();
  const client = useQueryClient();
  const [failure, setFailure] = useState<string | null>(null);
  const asked = schemas.slice(0, SCHEMAS_ASKED);
  const { data = [] } = useQuery({
    queryKey: ['catalog', 'dropped', asked.map((one) => `${one.catalog}.${one.schema}`)],
    enabled: asked.length > 0,
    queryFn: async ({ signal }) => {
      const found = await Promise.all(asked.map(async ({ catalog, schema }) => {
        const rows = await ask(`SHOW TABLES DROPPED IN ${quoted(catalog)}.${quoted(schema)}`, signal);
        return rows.map((row) => ({ catalog, schema, name: String(row[0]), at: String(row[1]), by: String(row[2]) }));
      }));
      // Of several dropped under one name, the last one comes back.
      const seen = new Set<string>();
      return found.flat().filter((one) => !seen.has(sqlName(one)) && seen.add(sqlName(one)));
    },
  });
  if (data.length === 0) return null;
  const undrop = async (statement: string) => {
    try {
      setFailure(null);
      await perform(statement);
      await client.invalidateQueries({ queryKey: ['catalog'] });
    } catch (error) {
      setFailure((error as Error).message);
    }
  };
  return (
    <section className={classes.dropped} aria-label={t('table:dropped.title')}>
      <h2 className="subtitle">{t('table:dropped.title')}</h2>
      {failure && <p role="alert" className={classes.rust}>{failure}</p>}
      <ul>
        {data.map((one) => (
          <li key={sqlName(one)}>
            <span className="clip">{one.catalog}.{one.schema}.<strong>{one.name}</strong></span>
            <span className="facts">{format.moment(one.at)} · {one.by}</span>
            <Button variant="default" title={`UNDROP TABLE ${sqlName(one)}`} aria-label={t('table:dropped.undropNamed', { name: one.name })} onClick={() => void undrop(`UNDROP TABLE ${sqlName(one)}`)}>{t('table:dropped.undrop')}</Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
