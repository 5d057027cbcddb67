import { Loader, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { quoted, useColumns, useTree, type ColumnRef, type SchemaNode, type TableRef } from '../api/catalog';
import { Icon, iconOf } from '../app/icons';
import { useStored } from '../app/stored';
import { typeName } from '../sql/values';
import classes from './tree.module.css';

const key = (table: Omit<TableRef, 'kind'>) => `${table.catalog}.${table.schema}.${table.name}`;

/** Catalogs, schemas and tables; with `columns`, each table unfolds. */
export function CatalogTree(props: { columns?: boolean; selected?: string; onPick: (table: TableRef) => void; onColumn?: (text: string) => void }) {
  const { t } = useTranslation('data');
  const tree = useTree();
  const columns = useColumns().data;
  const [text, setText] = useState('');
  const [folded, setFolded] = useStored<Record<string, boolean>>('tree.folded', {});
  const [open, setOpen] = useState<string | null>(null);
  const found = useMemo(() => search(tree.data ?? [], columns ?? [], text), [tree.data, columns, text]);
  if (tree.isPending) return <Loader role="status" size="sm" m="sm" aria-label={t('shell:loading')} />;
  return (
    <>
      <TextInput
        size="xs" mb="xs" value={text} aria-label={t('search')} placeholder={t('search')} leftSection={<Icon name="search" size={14} />}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {tree.error && <p role="alert" className="small">{tree.error.message}</p>}
      {found.map((schema) => {
        const name = `${schema.catalog}.${schema.schema}`;
        const isOpen = text !== '' || !(folded[name] ?? schema.catalog === 'system');
        return (
          <div key={name}>
            <button className={classes.schema} aria-expanded={isOpen} onClick={() => setFolded({ ...folded, [name]: isOpen })}>
              <span className={classes.chevron} data-open={isOpen || undefined}><Icon name="chevron" size={12} /></span>
              <span className="clip"><span className="quiet">{schema.catalog}.</span>{schema.schema}</span>
              <span className={classes.count}>{schema.objects.length}</span>
            </button>
            {isOpen && schema.objects.length === 0 && <p className={classes.none}>{t('emptySchema')}</p>}
            {isOpen && (
              <ul className={classes.list}>
                {schema.objects.map((table) => (
                  <li key={table.name}>
                    <div className={classes.line} data-selected={props.selected === key(table) || undefined}>
                      {props.columns && table.kind !== 'model' ? (
                        <button className={classes.fold} aria-label={t('columnsOf', { name: table.name })} aria-expanded={open === key(table)} onClick={() => setOpen(open === key(table) ? null : key(table))}>
                          <span className={classes.chevron} data-open={open === key(table) || undefined}><Icon name="chevron" size={12} /></span>
                        </button>
                      ) : <span className={classes.fold} />}
                      <button className={classes.table} aria-current={props.selected === key(table) || undefined} onClick={() => props.onPick(table)} title={key(table)}>
                        <Icon name={iconOf(table.kind)} size={15} />
                        <span className="clip">{table.name}</span>
                      </button>
                    </div>
                    {props.columns && open === key(table) && <Columns table={table} columns={columns ?? []} onColumn={props.onColumn} />}
                  </li>
                ))}
              </ul>
            )}
          </div>
        );
      })}
      {found.length === 0 && text !== '' && <p className={classes.none}>{t('searchNone', { text })}</p>}
    </>
  );
}

function Columns({ table, columns, onColumn }: { table: TableRef; columns: ColumnRef[]; onColumn?: (text: string) => void }) {
  return (
    <ul className={classes.columns}>
      {columns
        .filter((column) => column.catalog === table.catalog && column.schema === table.schema && column.table === table.name)
        .map((column) => (
          <li key={column.name}>
            <button className={classes.column} onClick={() => onColumn?.(quoted(column.name))}>
              <span className="clip">{column.name}</span>
              <span className="quiet">{typeName(column.type)}</span>
            </button>
          </li>
        ))}
    </ul>
  );
}

/** The tables whose name, or one of whose columns, has the text. */
function search(tree: SchemaNode[], columns: ColumnRef[], text: string): SchemaNode[] {
  const own = [...tree].sort((a, b) => Number(a.catalog === 'system') - Number(b.catalog === 'system'));
  const wanted = text.trim().toLowerCase();
  if (!wanted) return own;
  const byColumn = new Set(columns.filter((column) => column.name.toLowerCase().includes(wanted)).map((c) => `${c.catalog}.${c.schema}.${c.table}`));
  return own
    .map((schema) => ({ ...schema, objects: schema.objects.filter((table) => key(table).toLowerCase().includes(wanted) || byColumn.has(key(table))) }))
    .filter((schema) => schema.objects.length > 0);
}
