import { ActionIcon, Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../app/icons';
import { go, modelPath, tablePath, useLocation } from '../app/router';
import { Separator } from '../app/Separator';
import { useStored } from '../app/stored';
import { Tip } from '../app/Tip';
import { CatalogTree } from './CatalogTree';
import { useHandedFile } from './handOver';
import classes from './data.module.css';
import { FileInput } from './FileDrop';
import LoadDialog from './LoadDialog';
import { Overview } from './Overview';
import { TablePage } from './TablePage';

const SIDE = { min: 180, max: 480, initial: 252 };

export default function DataPage() {
  const { t } = useTranslation('data');
  const { parts } = useLocation();
  const [files, setFiles] = useState<File[]>([]);
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const narrow = useMediaQuery('(max-width: 760px)') ?? false;
  const [side, setSide] = useStored('panel.data.side', SIDE.initial);
  const [kept, setOpen] = useStored('panel.data.open', true);
  const open = kept || narrow;
  useHandedFile(useCallback((file: File) => setFiles([file]), []));
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
      style={{ '--side': open ? `${side}px` : 'auto' } as React.CSSProperties}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDropCapture={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        setAppend(false);
        setFiles([...event.dataTransfer.files]);
      }}
    >
      <aside id="data-tables" className={classes.side} data-folded={!open || undefined} aria-label={t('tree')}>
        <div className={classes.sideTop}>
          {!narrow && (
            <Tip label={t(open ? 'treeClose' : 'treeOpen')}>
              <ActionIcon aria-label={t(open ? 'treeClose' : 'treeOpen')} aria-expanded={open} onClick={() => setOpen(!open)}><Icon name="tree" /></ActionIcon>
            </Tip>
          )}
          {open && <Button flex={1} variant="default" leftSection={<Icon name="upload" />} onClick={() => loadInto(false)}>{t('loadFile')}</Button>}
        </div>
        <FileInput ref={input} onFiles={setFiles} />
        {open && <CatalogTree selected={chosen ? `${catalog}.${schema}.${name}` : undefined} onPick={(table) => go(table.kind === 'model' ? modelPath(table) : tablePath(table))} />}
      </aside>
      {!narrow && (open ? (
        <Separator label={t('edge')} controls="data-tables" orientation="vertical" size={side} limits={SIDE} onSize={setSide} />
      ) : <div className={classes.edge} />)}
      <div className={classes.body}>{chosen ? <TablePage key={parts.join('/')} table={chosen} onLoad={() => loadInto(true)} /> : <Overview onFiles={setFiles} />}</div>
      {over && <div className={classes.over} aria-hidden><span>{t('drop.here')}</span></div>}
      {files.length > 0 && <LoadDialog files={files} schema={chosen && catalog !== 'system' ? `${catalog}.${schema}` : undefined} into={append && chosen ? { table: `${catalog}.${schema}.${name}`, mode: 'append' } : undefined} onClose={() => setFiles([])} />}
    </div>
  );
}
