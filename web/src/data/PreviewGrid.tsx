import { NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../app/format';
import { numeric, typeName } from '../sql/values';
import classes from './load.module.css';
import { TYPES, type Cell, type ColumnPlan, type Plan } from './load';

/** The first rows of a file under the names and types that they get, each to be corrected. */
export function PreviewGrid(props: { columns: ColumnPlan[]; plan: Plan; busy: boolean; disabled: boolean; onPlan: (change: Partial<Plan>) => void }) {
  const { t } = useTranslation('load');
  const { columns, plan } = props;
  const rows = Math.max(0, ...columns.map((column) => column.values.length));
  return (
    <div className={classes.box} tabIndex={0} role="region" aria-label={t('columns')}>
      <table className={classes.grid} aria-busy={props.busy}>
        <thead>
          <tr>{columns.map((column) => <Head key={column.name} {...props} column={column} />)}</tr>
        </thead>
        <tbody>
          {Array.from({ length: rows }, (_, at) => (
            <tr key={at}>
              {columns.map((column) => (
                <td key={column.name} data-skipped={plan.skip.includes(column.name) || undefined} data-number={numeric(column.type) || undefined}>
                  <Value cell={column.values[at] ?? null} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Head({ column, plan, disabled, onPlan }: { column: ColumnPlan; plan: Plan; disabled: boolean; onPlan: (change: Partial<Plan>) => void }) {
  const { t } = useTranslation('load');
  const format = useFormats();
  const kept = !plan.skip.includes(column.name);
  const set = <T,>(map: Record<string, T>, value: T | undefined) => {
    const others = Object.fromEntries(Object.entries(map).filter(([name]) => name !== column.name));
    return value === undefined ? others : { ...others, [column.name]: value };
  };
  return (
    <th scope="col" data-skipped={!kept || undefined}>
      <div className={classes.name}>
        <input
          type="checkbox" checked={kept} disabled={disabled} aria-label={t('keep', { name: column.name })} title={t('keep', { name: column.name })}
          onChange={(event) => onPlan({ skip: event.currentTarget.checked ? plan.skip.filter((name) => name !== column.name) : [...plan.skip, column.name] })}
        />
        <TextInput
          size="xs" variant="unstyled" aria-label={t('nameOf', { name: column.name })} disabled={disabled || !kept} spellCheck={false} maxLength={200}
          value={plan.names[column.name] ?? column.name} classNames={{ root: classes.nameField, input: classes.nameInput }}
          onChange={(event) => onPlan({ names: set(plan.names, event.currentTarget.value === column.name ? undefined : event.currentTarget.value) })}
        />
      </div>
      <NativeSelect
        size="xs" aria-label={t('typeOf', { name: column.name })} disabled={disabled || !kept || plan.mode === 'append'}
        data={[...new Set([column.type, ...TYPES])].map((type) => ({ value: type, label: typeName(type) }))}
        value={plan.types[column.name] ?? column.type}
        onChange={(event) => onPlan({ types: set(plan.types, event.currentTarget.value) })}
      />
      <div className={classes.misfits}>{kept && column.misfits > 0 ? t('misfits', { count: column.misfits, shown: format.count(column.misfits) }) : '\u00a0'}</div>
    </th>
  );
}

function Value({ cell }: { cell: Cell }) {
  const { t } = useTranslation('load');
  if (cell === null) return <span className="quiet" aria-label="null">∅</span>;
  if (typeof cell === 'object') return <span className={classes.misfit} title={t('misfit')}>{cell.misfit}</span>;
  return <span className="clip" title={cell.length > 24 ? cell : undefined}>{cell}</span>;
}
