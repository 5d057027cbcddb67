import { Button } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../app/icons';
import { go, modelPath, tablePath, useLocation } from '../app/router';
import { CatalogTree } from './CatalogTree';
import classes from './data.module.css';
import { FileInput } from './FileDrop';
import LoadDialog from './LoadDialog';
import { Overview } from './Overview';
import { TablePage } from './TablePage';

export default function DataPage() {
  const { t } = useTranslation('data');
  const { parts } = useLocation();
  const [files, setFiles] = useState<File[]>([]);
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const [, catalog, schema, name] = parts;
  const [append, setAppend] = useState(false);
  const loadInto = (table: boolean) => {
    setAppend(table);
    input.current?.click();
  };
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
        setAppend(false);
        setFiles([...event.dataTransfer.files]);
      }}
    >
      <aside className={classes.side} aria-label={t('tree')}>
        <Button fullWidth mb="sm" variant="default" leftSection={<Icon name="upload" />} onClick={() => loadInto(false)}>{t('loadFile')}</Button>
        <FileInput ref={input} onFiles={setFiles} />
        <CatalogTree selected={chosen ? `${catalog}.${schema}.${name}` : undefined} onPick={(table) => go(table.kind === 'model' ? modelPath(table) : tablePath(table))} />
      </aside>
      <div className={classes.body}>{chosen ? <TablePage key={parts.join('/')} table={chosen} onLoad={() => loadInto(true)} /> : <Overview onFiles={setFiles} />}</div>
      {over && <div className={classes.over} aria-hidden><span>{t('drop.here')}</span></div>}
      {files.length > 0 && <LoadDialog files={files} schema={chosen && catalog !== 'system' ? `${catalog}.${schema}` : undefined} into={append && chosen ? { table: `${catalog}.${schema}.${name}`, mode: 'append' } : undefined} onClose={() => setFiles([])} />}
    </div>
  );
}
