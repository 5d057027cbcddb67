import { Alert, Button, Group, Loader, Progress, SegmentedControl, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTree } from '../api/catalog';
import { ConnectionLost } from '../api/client';
import { useFormats } from '../app/format';
import { endSeen, useJobs, useWatching } from '../app/jobs';
import { useSaid } from '../app/said';
import { LayoutBar } from './LayoutBar';
import { load, preview, type Mode, type Plan, type Report } from './load';
import classes from './load.module.css';
import { failureText } from './loadWords';
import { PreviewGrid } from './PreviewGrid';

/** Where a file goes and how it is read, with its first rows; then the load itself, which can be cancelled. */
export function PlanForm({ file, initial, at, onDone }: { file: File; initial: Plan; at?: string; onDone: (report: Report, plan: Plan) => void }) {
  const { t } = useTranslation('load');
  const format = useFormats();
  const client = useQueryClient();
  const jobs = useJobs();
  const said = useSaid();
  const words = (error: unknown) => failureText(error, t, (one) => said.error(one).text);
  const [followed, setFollowed] = useState<string | null>(null);
  const [over, setOver] = useState(false);
  useWatching(followed, over);
  const [plan, setPlan] = useState(initial);
  const [sent, setSent] = useState<number | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const running = useRef<AbortController | null>(null);
  const [settled] = useDebouncedValue(plan, 300);
  const tree = useTree().data;
  const exists = tree?.some((one) => one.objects.some((object) => `${one.catalog}.${one.schema}.${object.name}` === plan.table)) ?? false;
  // A file for a table that is there can be looked at as well: as what it would be in its place.
  const shown: Plan = exists && settled.mode === 'create' ? { ...settled, mode: 'replace' } : settled;
  const dry = useQuery({
    queryKey: ['load', file.name, file.size, file.lastModified, shown],
    queryFn: ({ signal }) => preview(file, shown, signal),
    retry: false,
    staleTime: Infinity,
    placeholderData: (before) => before,
  });
  useEffect(() => setFailure(null), [plan]);
  const change = (part: Partial<Plan>) => setPlan((now) => ({ ...now, ...part }));
  const busy = sent !== null;

  const run = async () => {
    const control = new AbortController();
    running.current = control;
    setFailure(null);
    setOver(false);
    setSent(0);
    try {
      const report = await load(file, plan, control.signal, setSent, (id) => {
        setFollowed(id);
        jobs.start({ id, label: `LOAD ${file.name} INTO ${plan.table} MODE ${plan.mode}` });
      });
      endSeen(report.id);
      void client.invalidateQueries({ queryKey: ['catalog'] });
      onDone(report, plan);
    } catch (error) {
      setFailure(control.signal.aborted ? t('cancelled') : words(error));
      setOver(true);
      setSent(null);
    }
  };

  return (
    <>
      <div className={classes.target}>
        <TextInput label={t('table')} value={plan.table} onChange={(event) => change({ table: event.currentTarget.value })} spellCheck={false} disabled={busy} />
        {(exists || plan.mode !== 'create') && (
          <SegmentedControl
            aria-label={t('mode')} value={plan.mode} disabled={busy} onChange={(value) => change({ mode: value as Mode })}
            data={(['create', 'append', 'replace'] as const).map((value) => ({ value, label: t(`modes.${value}`), disabled: value === 'create' && exists }))}
          />
        )}
      </div>
      {exists && <p className="quiet small" style={{ margin: '0 0 8px' }}>{t(plan.mode === 'replace' ? 'replaced' : plan.mode === 'append' ? 'appended' : 'exists', { table: plan.table })}</p>}
      {dry.isPending && <Group gap="sm" py="lg"><Loader role="status" size="sm" /> <span className="quiet">{t('reading')}</span></Group>}
      {dry.data && <LayoutBar facts={dry.data.file} layout={plan.layout} disabled={busy} onLayout={(layout) => change({ layout, types: {}, names: {}, skip: [] })} />}
      {(failure ?? dry.error) && <Alert color="red" variant="light" my="sm" role="alert" classNames={{ root: classes.alert, message: classes.alertText }}>{failure ?? words(dry.error)}{!failure && dry.error instanceof ConnectionLost && <Button variant="subtle" size="compact-sm" onClick={() => void dry.refetch()}>{t('again')}</Button>}</Alert>}
      {dry.data && !dry.error && (
        <>
          <PreviewGrid columns={dry.data.columns} plan={plan} busy={dry.isFetching} disabled={busy} onPlan={change} />
          <p className="facts" style={{ margin: '8px 0 0' }}>
            {t('first', { count: Math.max(0, ...dry.data.columns.map((column) => column.values.length)) })} · {format.bytes(file.size)}
            {dry.data.file.rejects > 0 && <span className={classes.amber}> · {t('unreadable', { count: dry.data.file.rejects, shown: format.count(dry.data.file.rejects) })}</span>}
          </p>
        </>
      )}
      {sent !== null && <Progress value={sent * 100} animated={sent >= 1} size="sm" mt="sm" aria-label={t('sending')} />}
      <Group justify="flex-end" mt="md" gap="sm">
        {at && <span className="quiet small" style={{ marginRight: 'auto' }}>{at}</span>}
        {sent !== null && <span className="quiet small">{sent < 1 ? `${t('sending')} ${format.percent(sent)}` : t('writing')}</span>}
        {busy && <Button size="sm" variant="default" onClick={() => running.current?.abort()}>{t('cancel')}</Button>}
        <Button size="sm" onClick={() => void run()} loading={busy} disabled={!dry.data || (!failure && !!dry.error) || dry.isFetching || (exists && plan.mode === 'create')}>
          {t(failure ? 'again' : exists && plan.mode === 'replace' ? 'replace' : plan.mode === 'append' ? 'append' : 'submit')}
        </Button>
      </Group>
    </>
  );
}
