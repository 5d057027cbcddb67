import { Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { quoted } from '../api/catalog';
import { ask } from '../api/statements';
import { useFormats } from '../app/format';
import { numeric, textOf } from '../sql/values';
import classes from './data.module.css';
import type { Profile } from './profile';

const QUANTILES = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1];
const COMMONEST = 15;

/** Quantiles and the commonest values of a column, counted when asked for. */
export function ColumnDetail({ column, source }: { column: Profile; source: string }) {
  const { t } = useTranslation('table');
  const format = useFormats();
  const name = quoted(column.name);
  const ordered = numeric(column.type) || column.type === 'DATE' || column.type.startsWith('TIMESTAMP');
  const { data, error } = useQuery({
    queryKey: ['catalog', 'column', source, column.name],
    retry: false,
    queryFn: async ({ signal }) => {
      const quantiles = ordered
        ? await ask(`SELECT ${QUANTILES.map((share) => `CAST(quantile_disc(${name}, ${share}) AS VARCHAR)`).join(', ')} FROM ${source}`, signal)
        : [];
      const commonest = await ask(`SELECT left(CAST(${name} AS VARCHAR), 120) AS v, count(*) AS n FROM ${source} WHERE ${name} IS NOT NULL GROUP BY 1 ORDER BY n DESC, v LIMIT ${COMMONEST}`, signal);
      return { quantiles: quantiles[0] ?? [], commonest };
    },
  });
  if (error) return <p role="alert">{error.message}</p>;
  if (!data) return <p className="quiet" style={{ margin: 0 }}><Loader role="status" size="xs" mr="sm" />{t('column.counting')}</p>;
  return (
    <div className={classes.details}>
      {ordered && (
        <section>
          <h3 className="facts">{t('column.quantiles')}</h3>
          <dl className={classes.quantiles}>
            {QUANTILES.map((share, at) => <div key={share}><dt>{t(`column.q${Math.round(share * 100)}`)}</dt><dd>{textOf(data.quantiles[at], column.type) ?? '∅'}</dd></div>)}
          </dl>
        </section>
      )}
      <section>
        <h3 className="facts">{t('column.commonest')}</h3>
        <ul className={classes.common}>
          {data.commonest.map(([value, rows], at) => (
            <li key={at}>
              <span className={classes.share} style={{ width: `${Math.max(1, (Number(rows) / Math.max(1, column.rows)) * 100)}%` }} />
              <span className="clip">{String(value)}</span>
              <span className="facts">{format.count(Number(rows))} · {format.percent(Number(rows) / Math.max(1, column.rows))}</span>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
