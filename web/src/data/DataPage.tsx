import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTree } from '../api/catalog';
import { Icon, iconOf } from '../app/icons';
import { go, tablePath, useLocation } from '../app/router';
import { Separator } from '../app/Separator';
import { follow } from '../app/Shell';
import { useStored } from '../app/stored';
import { CatalogTree } from './CatalogTree';
import { useHandedFile } from './handOver';
import classes from './data.module.css';
import { FileDrop, FileInput } from './FileDrop';
import LoadDialog from './LoadDialog';
import { TablePage } from './TablePage';

const SIDE = { min: 180, max: 480, initial: 252 };

export default function DataPage() {
  const { t } = useTranslation('data');
  const { parts } = useLocation();
  const [file, setFile] = useState<File | null>(null);
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const narrow = useMediaQuery('(max-width: 760px)') ?? false;
  const [side, setSide] = useStored('panel.data.side', SIDE.initial);
  const [kept, setOpen] = useStored('panel.data.open', true);
  const open = kept || narrow;
  useHandedFile(setFile);
  const [, catalog, schema, name] = parts;
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
        const dropped = event.dataTransfer.files[0];
        if (dropped) setFile(dropped);
      }}
    >
      <aside id="data-tables" className={classes.side} data-folded={!open || undefined} aria-label={t('tree')}>
        <div className={classes.sideTop}>
          {!narrow && (
            <Tooltip label={t(open ? 'treeClose' : 'treeOpen')}>
              <ActionIcon aria-label={t(open ? 'treeClose' : 'treeOpen')} aria-expanded={open} onClick={() => setOpen(!open)}><Icon name="tree" /></ActionIcon>
            </Tooltip>
          )}
          {open && <Button flex={1} variant="default" leftSection={<Icon name="upload" />} onClick={() => input.current?.click()}>{t('loadFile')}</Button>}
        </div>
        <FileInput ref={input} onFile={setFile} />
        {open && <CatalogTree selected={chosen ? `${catalog}.${schema}.${name}` : undefined} onPick={(table) => go(tablePath(table))} />}
      </aside>
      {!narrow && (open ? (
        <Separator label={t('edge')} controls="data-tables" orientation="vertical" size={side} limits={SIDE} onSize={setSide} />
      ) : <div className={classes.edge} />)}
      <div className={classes.body}>{chosen ? <TablePage key={parts.join('/')} table={chosen} /> : <Overview onFile={setFile} />}</div>
      {over && <div className={classes.over} aria-hidden><span>{t('drop.here')}</span></div>}
      {file && <LoadDialog file={file} schema={chosen && catalog !== 'system' ? `${catalog}.${schema}` : undefined} onClose={() => setFile(null)} />}
    </div>
  );
}

function Overview({ onFile }: { onFile: (file: File) => void }) {
  const { t } = useTranslation('data');
  const tree = useTree().data ?? [];
  const own = tree.filter((schema) => schema.catalog !== 'system' && schema.objects.length > 0);
  return (
    <div className={classes.overview}>
      <h1 className="title">{t('title')}</h1>
      <p className="quiet" style={{ margin: '4px 0 20px' }}>{t('intro')}</p>
      <FileDrop onFile={onFile} />
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
