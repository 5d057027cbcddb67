import { Loader, TextInput } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useDeferredValue, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { quoted, useColumns, useTree, type TableRef } from '../api/catalog';
import { Icon, iconOf } from '../app/icons';
import { useStored } from '../app/stored';
import { typeName } from '../sql/values';
import { columnsByTable, keyOf, linesOf, plain, type Line } from './tree';
import classes from './tree.module.css';

const LINE = 30;
const TWO_LINES = 46;
const TYPED_TOGETHER_MILLIS = 700;

type Props = { columns?: boolean; selected?: string; onPick: (table: TableRef) => void; onColumn?: (text: string) => void };

/** Catalogs, schemas and tables as a tree for the keyboard too; with `columns`, each table unfolds. Draws only what is seen. */
export function CatalogTree(props: Props) {
  const { t } = useTranslation('data');
  const tree = useTree();
  const columns = useColumns().data;
  const [text, setText] = useState('');
  const wanted = useDeferredValue(text);
  const [folded, setFolded] = useStored<Record<string, boolean>>('tree.folded', {});
  const [unfolded, setUnfolded] = useState<Record<string, boolean>>({});
  const byTable = useMemo(() => columnsByTable(columns ?? []), [columns]);
  const lines = useMemo(
    () => linesOf(tree.data ?? [], byTable, wanted, { schema: (one) => !(folded[`${one.catalog}.${one.schema}`] ?? one.catalog === 'system'), table: (key) => unfolded[key] ?? false }),
    [tree.data, byTable, wanted, folded, unfolded],
  );
  if (tree.isPending) return <Loader role="status" size="sm" m="sm" aria-label={t('shell:loading')} />;
  const fold = (line: Line, open: boolean) => {
    if (line.kind === 'schema') setFolded({ ...folded, [line.key]: !open });
    else if (line.kind === 'table') setUnfolded({ ...unfolded, [line.key]: open });
  };
  return (
    <div className={classes.page}>
      <TextInput
        size="xs" mb="xs" value={text} aria-label={t('search')} placeholder={t('search')} leftSection={<Icon name="search" size={14} />}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {tree.error && <p role="alert" className="small">{tree.error.message}</p>}
      {lines.length > 0 && <Lines {...props} lines={lines} onFold={fold} />}
      {lines.length === 0 && wanted !== '' && <p className={classes.none}>{t('searchNone', { text: wanted })}</p>}
    </div>
  );
}

function Lines({ lines, columns, selected, onPick, onColumn, onFold }: Props & { lines: Line[]; onFold: (line: Line, open: boolean) => void }) {
  const { t } = useTranslation('data');
  const scroller = useRef<HTMLDivElement>(null);
  const typed = useRef({ text: '', at: 0 });
  const [active, setActive] = useState<string | null>(null);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => lines[index]!.key,
    estimateSize: (index) => {
      const line = lines[index]!;
      return line.kind === 'table' && line.match ? TWO_LINES : LINE;
    },
    overscan: 12,
  });
  const found = lines.findIndex((line) => line.key === (active ?? selected));
  const at = found < 0 ? 0 : found;
  const unfolds = (line: Line) => line.kind === 'schema' || (line.kind === 'table' && columns === true && line.table.kind !== 'model');
  const focus = (index: number) => {
    const line = lines[Math.max(0, Math.min(lines.length - 1, index))];
    if (!line) return;
    setActive(line.key);
    virtual.scrollToIndex(lines.indexOf(line));
  };
  const pick = (line: Line) => {
    setActive(line.key);
    if (line.kind === 'schema') onFold(line, !line.open);
    else if (line.kind === 'table') onPick(line.table);
    else onColumn?.(quoted(line.column.name));
  };
  const typeAhead = (character: string, time: number) => {
    const text = time - typed.current.at < TYPED_TOGETHER_MILLIS ? typed.current.text + character : character;
    typed.current = { text, at: time };
    const start = text.length === 1 ? at + 1 : at;
    const order = [...lines.keys()].map((index) => (start + index) % lines.length);
    const hit = order.find((index) => plain(labelOf(lines[index]!)).startsWith(plain(text)));
    if (hit !== undefined) focus(hit);
  };
  const keys = (event: React.KeyboardEvent) => {
    const line = lines[at]!;
    const parent = () => focus(lines.findLastIndex((one, index) => index < at && one.level < line.level));
    switch (event.key) {
      case 'ArrowDown': focus(at + 1); break;
      case 'ArrowUp': focus(at - 1); break;
      case 'Home': focus(0); break;
      case 'End': focus(lines.length - 1); break;
      case 'PageDown': focus(at + 12); break;
      case 'PageUp': focus(at - 12); break;
      case 'ArrowRight': if (unfolds(line) && line.kind !== 'column' && !line.open) onFold(line, true); else if ((lines[at + 1]?.level ?? 0) > line.level) focus(at + 1); break;
      case 'ArrowLeft': if (unfolds(line) && line.kind !== 'column' && line.open) onFold(line, false); else if (line.level > 1) parent(); break;
      case 'Enter': case ' ': pick(line); break;
      default:
        if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return;
        typeAhead(event.key, event.timeStamp);
    }
    event.preventDefault();
  };
  const id = (line: Line) => `tree ${line.key}`.replaceAll(/\s/g, '_');
  return (
    <div ref={scroller} className={classes.tree} role="tree" aria-label={t('tree')} tabIndex={0} aria-activedescendant={id(lines[at]!)} onKeyDown={keys}>
      <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map((item) => {
          const line = lines[item.index]!;
          return (
            <div
              key={item.key} id={id(line)} role="treeitem" aria-level={line.level} aria-posinset={item.index + 1} aria-setsize={lines.length}
              aria-expanded={line.kind !== 'column' && unfolds(line) ? line.open : undefined} aria-selected={line.kind === 'table' && keyOf(line.table) === selected}
              className={classes[line.kind]} data-active={item.index === at || undefined} title={line.kind === 'table' ? line.key : undefined}
              style={{ position: 'absolute', top: 0, left: 0, right: 0, height: item.size, transform: `translateY(${item.start}px)` }}
              onClick={() => pick(line)}
            >
              <Content line={line} unfolds={unfolds(line)} onFold={onFold} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

function labelOf(line: Line): string {
  return line.kind === 'schema' ? line.schema.schema : line.kind === 'table' ? line.table.name : line.column.name;
}

function Content({ line, unfolds, onFold }: { line: Line; unfolds: boolean; onFold: (line: Line, open: boolean) => void }) {
  const { t } = useTranslation('data');
  if (line.kind === 'column') {
    return <><span className="clip">{line.column.name}</span><span className="quiet">{typeName(line.column.type)}</span></>;
  }
  const chevron = <span className={classes.chevron} data-open={line.open || undefined} aria-hidden><Icon name="chevron" size={12} /></span>;
  if (line.kind === 'schema') {
    return (
      <>
        {chevron}
        <span className="clip"><span className="quiet">{line.schema.catalog}.</span>{line.schema.schema}</span>
        <span className={classes.count}>{line.schema.objects.length}</span>
      </>
    );
  }
  return (
    <>
      {unfolds ? (
        <span
          className={classes.fold}
          onClick={(event) => {
            event.stopPropagation();
            onFold(line, !line.open);
          }}
        >
          {chevron}
        </span>
      ) : <span className={classes.fold} />}
      <Icon name={iconOf(line.table.kind)} size={15} />
      <span className={classes.label}>
        <span className="clip">{line.table.name}</span>
        {line.match && <span className={`clip ${classes.why}`}>{t(`found.${line.match.kind}`, { text: line.match.text })}</span>}
      </span>
    </>
  );
}
