import { Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { quoted, sqlName, useColumns, type SchemaNode, type TableRef } from '../api/catalog';
import { call } from '../api/client';
import { go, tablePath } from '../app/router';
import { openQuery } from '../sql/tabs';
import { ActDialog } from './ActDialog';

type Name = Omit<TableRef, 'kind'>;
type Closing = { onClose: () => void };

export function RenameDialog({ table, onClose }: { table: Name } & Closing) {
  const { t } = useTranslation('table');
  const [name, setName] = useState(table.name);
  const to = name.trim();
  const ready = to !== '' && to !== table.name;
  return (
    <ActDialog title={t('rename.title', { name: table.name })} submit={t('rename.submit')} statement={ready ? `ALTER TABLE ${sqlName(table)} RENAME TO ${quoted(to)}` : null} onClose={onClose} onDone={() => go(tablePath({ ...table, name: to }))}>
      <TextInput data-autofocus label={t('rename.name')} value={name} onChange={(event) => setName(event.currentTarget.value)} spellCheck={false} maxLength={200} />
      <p className="quiet small">{t('rename.note')}</p>
    </ActDialog>
  );
}

export function DropDialog({ table, view, definition, onClose }: { table: Name; view: boolean; definition?: string } & Closing) {
  const { t } = useTranslation('table');
  return (
    <ActDialog danger title={t('drop.title', { name: table.name })} submit={t('drop.submit')} statement={`DROP ${view ? 'VIEW' : 'TABLE'} ${sqlName(table)}`} onClose={onClose} onDone={() => go('/data')}>
      <p style={{ margin: 0 }}>{t(view ? 'drop.view' : 'drop.table', { name: table.name })}</p>
      {view && definition && <p className="quiet small">{t('drop.viewKept')}</p>}
    </ActDialog>
  );
}

export function RestoreDialog({ table, version, now, onClose, onDone }: { table: Name; version: number; now: number; onDone: () => void } & Closing) {
  const { t } = useTranslation('table');
  return (
    <ActDialog title={t('restore.title', { version })} submit={t('restore.submit')} statement={`RESTORE TABLE ${sqlName(table)} TO VERSION ${version}`} onClose={onClose} onDone={onDone}>
      <p style={{ margin: 0 }}>{t('restore.text', { name: table.name, version, next: now + 1 })}</p>
      <p className="quiet small">{t('restore.undo', { now })}</p>
    </ActDialog>
  );
}

export function SchemaDialog({ catalog = 'lake', onClose }: { catalog?: string } & Closing) {
  const { t } = useTranslation('table');
  const [name, setName] = useState('');
  const ready = name.trim() !== '';
  return (
    <ActDialog title={t('schema.create')} submit={t('schema.submit')} statement={ready ? `CREATE SCHEMA ${quoted(catalog)}.${quoted(name.trim())}` : null} onClose={onClose}>
      <TextInput data-autofocus label={t('schema.name')} value={name} onChange={(event) => setName(event.currentTarget.value)} spellCheck={false} maxLength={200} />
    </ActDialog>
  );
}

export function DropSchemaDialog({ schema, onClose }: { schema: SchemaNode } & Closing) {
  const { t } = useTranslation('table');
  const name = `${quoted(schema.catalog)}.${quoted(schema.schema)}`;
  const inside = schema.objects.length;
  return (
    <ActDialog danger title={t('schema.drop', { name: schema.schema })} submit={t('drop.submit')} statement={`DROP SCHEMA ${name}${inside > 0 ? ' CASCADE' : ''}`} onClose={onClose}>
      {inside === 0 ? <p style={{ margin: 0 }}>{t('schema.empty')}</p> : (
        <>
          <p style={{ margin: 0 }}>{t('schema.inside', { count: inside })}</p>
          <ul style={{ margin: '8px 0', paddingLeft: 18 }}>
            {schema.objects.slice(0, 12).map((object) => <li key={object.name}>{object.name} <span className="quiet">{t(`data:kinds.${object.kind}`)}</span></li>)}
            {inside > 12 && <li className="quiet">{t('schema.more', { count: inside - 12 })}</li>}
          </ul>
          <p className="quiet small">{t('schema.undo')}</p>
        </>
      )}
    </ActDialog>
  );
}

/** A view to be, or the definition of one that is there. */
export function ViewDialog({ query = '', name: given, onClose }: { query?: string; name?: Name } & Closing) {
  const { t } = useTranslation('table');
  const [name, setName] = useState(given ? sqlName(given) : 'lake.default.');
  const [text, setText] = useState(query);
  const clean = text.trim().replace(/;\s*$/, '');
  const ready = clean !== '' && !name.endsWith('.') && name.trim() !== '';
  const parts = name.trim().split('.').map((part) => part.replaceAll('"', ''));
  return (
    <ActDialog
      title={t(given ? 'view.edit' : 'view.create')} submit={t(given ? 'view.save' : 'view.submit')} onClose={onClose}
      statement={ready ? `CREATE ${given ? 'OR REPLACE ' : ''}VIEW ${name.trim()} AS\n${clean}` : null}
      onDone={() => parts.length === 3 && go(tablePath(given ?? { catalog: parts[0]!, schema: parts[1]!, name: parts[2]! }))}
    >
      {!given && <TextInput data-autofocus label={t('view.name')} value={name} onChange={(event) => setName(event.currentTarget.value)} spellCheck={false} mb="sm" />}
      <Textarea data-autofocus={given ? true : undefined} label={t('view.query')} value={text} onChange={(event) => setText(event.currentTarget.value)} spellCheck={false} rows={7} styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }} />
    </ActDialog>
  );
}

/** Opens the statement that would train a classifier on a table, with columns that look right. */
export function useClassifier(table: Name): () => void {
  const columns = (useColumns().data ?? []).filter((column) => column.catalog === table.catalog && column.schema === table.schema && column.table === table.name && column.type === 'VARCHAR');
  const label = columns.find((column) => /label|topic|class|categor|kind|type|sujet|theme|thème/i.test(column.name)) ?? columns.at(-1);
  const texts = columns.filter((column) => column !== label);
  return () => {
    const labelName = quoted(label?.name ?? 'label');
    const text = texts.length === 0 ? 'text' : texts.length === 1 ? `${quoted(texts[0]!.name)} AS text` : `concat_ws('. ', ${texts.slice(-2).map((column) => quoted(column.name)).join(', ')}) AS text`;
    openQuery(`CREATE MODEL ${sqlName({ ...table, name: `${table.name}_classifier` })}\nPREDICTING ${labelName}\nFROM (SELECT ${text}, ${labelName}\n      FROM ${sqlName(table)})`);
  };
}

/** What the demo route says. */
export function useDemo() {
  return useQuery({
    queryKey: ['catalog', 'demo'],
    queryFn: ({ signal }) => call<{ available?: boolean; complete?: boolean }>('GET', '/api/v1/demo', undefined, signal),
  });
}
