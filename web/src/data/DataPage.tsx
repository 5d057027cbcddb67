import { Button } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTree } from '../api/catalog';
import { Icon, iconOf } from '../app/icons';
import { go, tablePath, useLocation } from '../app/router';
import { follow } from '../app/Shell';
import { CatalogTree } from './CatalogTree';
import classes from './data.module.css';
import { FileDrop, FileInput } from './FileDrop';
import LoadDialog from './LoadDialog';
import { TablePage } from './TablePage';

export default function DataPage() {
  const { t } = useTranslation('data');
  const { parts } = useLocation();
  const [files, setFiles] = useState<File[]>([]);
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const [, catalog, schema, name] = parts;
  const chosen = catalog && schema && name ? { catalog, schema, name } : null;
  return (
    <div
      className={classes.page}
      data-chosen={chosen !== null || undefined}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        setFiles([...event.dataTransfer.files]);
      }}
    >
      <aside className={classes.side} aria-label={t('tree')}>
        <Button fullWidth mb="sm" variant="default" leftSection={<Icon name="upload" />} onClick={() => input.current?.click()}>{t('loadFile')}</Button>
        <FileInput ref={input} onFiles={setFiles} />
        <CatalogTree selected={chosen ? `${catalog}.${schema}.${name}` : undefined} onPick={(table) => go(tablePath(table))} />
      </aside>
      <div className={classes.body}>{chosen ? <TablePage key={parts.join('/')} table={chosen} /> : <Overview onFiles={setFiles} />}</div>
      {over && <div className={classes.over} aria-hidden><span>{t('drop.here')}</span></div>}
      {files.length > 0 && <LoadDialog files={files} schema={chosen && catalog !== 'system' ? `${catalog}.${schema}` : undefined} onClose={() => setFiles([])} />}
    </div>
  );
}

function Overview({ onFiles }: { onFiles: (files: File[]) => void }) {
  const { t } = useTranslation('data');
  const tree = useTree().data ?? [];
  const own = tree.filter((schema) => schema.catalog !== 'system' && schema.objects.length > 0);
  return (
    <div className={classes.overview}>
      <h1 className="title">{t('title')}</h1>
      <p className="quiet" style={{ margin: '4px 0 20px' }}>{t('intro')}</p>
      <FileDrop onFiles={onFiles} />
      {own.map((schema) => (
        <section key={`${schema.catalog}.${schema.schema}`} className={classes.schemaBlock}>
          <h2 className="subtitle">{schema.catalog}.{schema.schema}</h2>
          <ul className={classes.tables}>
            {schema.objects.map((table) => (
              <li key={table.name}>
                <a href={tablePath(table)} onClick={(event) => follow(event, tablePath(table))}>
                  <Icon name={iconOf(table.kind)} /> <span className="clip">{table.name}</span> <span className="quiet small">{t(`kinds.${table.kind}`)}</span>
                </a>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
