import { Button, Group, Progress, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTree } from '../api/catalog';
import { useFormats } from '../app/format';
import { endSeen, useJobs, useWatching } from '../app/jobs';
import { useSaid } from '../app/said';
import { go } from '../app/router';
import { load, planFor, type Plan, type Report } from './load';
import classes from './load.module.css';
import { LoadReport } from './LoadReport';
import { failureText } from './loadWords';
import { PlanForm } from './PlanForm';

type Item = { file: File; plan: Plan; state: 'waiting' | 'running' | 'done' | 'failed'; sent: number; report?: Report; error?: string };

/** Several files, each into a table of its own, one after the other. */
export function LoadQueue({ files, schema, onClose }: { files: File[]; schema: string; onClose: () => void }) {
  const { t } = useTranslation('load');
  const format = useFormats();
  const client = useQueryClient();
  const jobs = useJobs();
  const said = useSaid();
  const tree = useTree().data;
  const taken = new Set(tree?.flatMap((one) => one.objects.map((object) => `${one.catalog}.${one.schema}.${object.name}`)));
  const [items, setItems] = useState<Item[]>(() => planned(files, schema));
  const [followed, setFollowed] = useState<string | null>(null);
  useWatching(followed, false);
  const [looking, setLooking] = useState<number | null>(null);
  const running = useRef<AbortController | null>(null);
  const busy = items.some((item) => item.state === 'running');
  const waiting = items.filter((item) => item.state === 'waiting' || item.state === 'failed');
  const blocked = waiting.some((item) => taken.has(item.plan.table) && item.plan.mode === 'create');
  const change = (at: number, part: Partial<Item>) => setItems((now) => now.map((item, index) => (index === at ? { ...item, ...part } : item)));

  const run = async () => {
    const control = new AbortController();
    running.current = control;
    for (const [at, item] of items.entries()) {
      if (item.state === 'done' || control.signal.aborted) continue;
      change(at, { state: 'running', sent: 0, error: undefined });
      try {
        const report = await load(item.file, item.plan, control.signal, (sent) => change(at, { sent }), (id) => {
          setFollowed(id);
          jobs.start({ id, label: `LOAD ${item.file.name} INTO ${item.plan.table} MODE ${item.plan.mode}` });
        });
        endSeen(report.id);
        change(at, { state: 'done', report });
      } catch (error) {
        change(at, { state: 'failed', error: control.signal.aborted ? t('cancelled') : failureText(error, t, (one) => said.error(one).text) });
      }
      void client.invalidateQueries({ queryKey: ['catalog'] });
    }
  };

  const looked = looking === null ? undefined : items[looking];
  if (looking !== null && looked) {
    return (
      <>
        <Button variant="subtle" size="compact-sm" mb="sm" onClick={() => setLooking(null)}>{t('back')}</Button>
        <p className="subtitle" style={{ overflowWrap: 'anywhere', marginBottom: 8 }}>{looked.file.name}</p>
        {looked.report ? <LoadReport report={looked.report} plan={looked.plan} /> : (
          <PlanForm file={looked.file} initial={looked.plan} onDone={(report, plan) => change(looking, { state: 'done', report, plan })} />
        )}
      </>
    );
  }
  return (
    <>
      <ul className={classes.queue} aria-label={t('files')}>
        {items.map((item, at) => (
          <li key={at}>
            <div className={classes.queueFile}>
              <strong className="clip" title={item.file.name}>{item.file.name}</strong>
              <span className="facts">{format.bytes(item.file.size)}</span>
            </div>
            <TextInput
              size="xs" aria-label={t('tableOf', { name: item.file.name })} value={item.plan.table} disabled={busy || item.state === 'done'} spellCheck={false}
              error={item.state !== 'done' && item.plan.mode === 'create' && taken.has(item.plan.table) ? t('taken') : undefined}
              onChange={(event) => change(at, { plan: { ...item.plan, table: event.currentTarget.value } })}
            />
            <div className={classes.queueState} role="status">
              {item.state === 'running' && <Progress value={item.sent * 100} animated={item.sent >= 1} size="sm" aria-label={t('sending')} />}
              {item.state === 'done' && item.report && (
                <span className="small">{t('rowCount', { count: item.report.rows, shown: format.count(item.report.rows) })}{item.report.rejects > 0 && <span className={classes.amber}> · {t('rejects', { count: item.report.rejects, shown: format.count(item.report.rejects) })}</span>}</span>
              )}
              {item.state === 'failed' && <span className={`small ${classes.rust}`}>{item.error}</span>}
            </div>
            <Button variant="subtle" disabled={busy} onClick={() => setLooking(at)}>{t(item.state === 'done' ? 'details' : 'look')}</Button>
          </li>
        ))}
      </ul>
      <Group justify="flex-end" mt="md">
        {busy && <Button size="sm" variant="default" onClick={() => running.current?.abort()}>{t('cancel')}</Button>}
        {waiting.length > 0 || busy ? (
          <Button size="sm" loading={busy} disabled={blocked} onClick={() => void run()}>{t('loadAll', { count: waiting.length })}</Button>
        ) : (
          <Button size="sm" onClick={() => { onClose(); go('/data'); }}>{t('finish')}</Button>
        )}
      </Group>
    </>
  );
}

/** Two files of one name become two tables. */
function planned(files: File[], schema: string): Item[] {
  const seen = new Set<string>();
  return files.map((file) => {
    const plan = planFor(file, schema);
    let table = plan.table;
    for (let n = 2; seen.has(table); n++) table = `${plan.table}_${n}`;
    seen.add(table);
    return { file, plan: { ...plan, table }, state: 'waiting', sent: 0 };
  });
}
