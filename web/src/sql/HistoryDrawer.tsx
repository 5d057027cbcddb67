import { Drawer, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask } from '../api/statements';
import { useReturnFocus } from '../app/returnFocus';
import { useFormats } from '../app/format';
import classes from './sql.module.css';

type Entry = { id: string; text: string; state: string; started: string; millis: number; rows: number; cost: string | null; currency: string | null };

async function load(signal: AbortSignal): Promise<Entry[]> {
  const found = await ask(
    "SELECT statement_id, statement, state, started_at, coalesce(wall_ms, 0), coalesce(rows, 0), cost, currency FROM system.query.history" +
      " WHERE statement NOT LIKE '/* workspace */%' AND statement NOT LIKE 'EXPLAIN AI /* workspace */%' ORDER BY started_at DESC LIMIT 100",
    signal,
  );
  return found.map(([id, text, state, started, millis, rows, cost, currency]) => ({
    id, text, state, started, millis: Number(millis), rows: Number(rows), cost, currency,
  })) as Entry[];
}

/** What was run before; choosing one opens it in a new tab. */
export default function HistoryDrawer({ opened, onClose, onOpen }: { opened: boolean; onClose: () => void; onOpen: (text: string) => void }) {
  const { t } = useTranslation('sql');
  useReturnFocus();
  const format = useFormats();
  const { data, isPending, error } = useQuery({ queryKey: ['history'], queryFn: ({ signal }) => load(signal), enabled: opened, staleTime: 0 });
  return (
    <Drawer opened={opened} onClose={onClose} position="right" title={<span className="subtitle">{t('history.title')}</span>} size={440} closeButtonProps={{ 'aria-label': t('shell:close') }}>
      {error && <p role="alert">{error.message}</p>}
      {isPending && opened && <Loader role="status" size="sm" aria-label={t('shell:loading')} />}
      {data?.length === 0 && <p className="quiet">{t('history.empty')}</p>}
      <ul className={classes.history}>
        {data?.map((entry) => (
          <li key={entry.id}>
            <button className="plain" onClick={() => onOpen(entry.text)} aria-label={t('history.open', { text: entry.text.slice(0, 80) })}>
              <code className={classes.past}>{entry.text.length > 400 ? `${entry.text.slice(0, 400)}…` : entry.text}</code>
              <span className="facts">
                <span className={classes.state} data-state={entry.state}>{t(`states.${entry.state}`)}</span> · {format.moment(entry.started)} · {format.duration(entry.millis)}
                {entry.state === 'FINISHED' && ` · ${t('facts.rows', { count: entry.rows, shown: format.count(entry.rows) })}`}
                {entry.cost && entry.currency && ` · ${format.money(entry.cost, entry.currency)}`}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Drawer>
  );
}
