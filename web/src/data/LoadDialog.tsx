import { Alert, Button, Group, Loader, Modal, Progress, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTree } from '../api/catalog';
import { ApiError, ConnectionLost, refusal } from '../api/client';
import { follow, rows as fetchRows } from '../api/statements';
import { useFormats } from '../app/format';
import { useJobs, useWatching } from '../app/jobs';
import { useSaid } from '../app/said';
import { go } from '../app/router';
import { openQuery } from '../sql/tabs';
import { typeName } from '../sql/values';
import classes from './data.module.css';
import { sampleOf, tableFor, TYPES, upload, type ColumnPlan, type Mode, type Plan, type Report } from './load';

async function preview(file: File, plan: Plan): Promise<ColumnPlan[]> {
  const id = await upload(await sampleOf(file), file.name, plan, true);
  const status = await follow(id);
  if (status.error) throw refusal(400, status);
  const found = (await fetchRows(id, 0, 10_000)).rows as (string | null)[][];
  return found.map(([name, type, , ...values]) => ({ name: name!, type: type!, values: values.slice(0, 3) }));
}

export default function LoadDialog({ file, schema = 'lake.default', onClose }: { file: File; schema?: string; onClose: () => void }) {
  const { t } = useTranslation('data');
  const [report, setReport] = useState<Report | null>(null);
  return (
    <Modal opened onClose={onClose} size={860} title={<span className="title">{t('load.title', { name: file.name })}</span>} closeButtonProps={{ 'aria-label': t('shell:close') }}>
      {report ? <Loaded report={report} onClose={onClose} /> : <Planning file={file} schema={schema} onDone={setReport} />}
    </Modal>
  );
}

function Planning({ file, schema, onDone }: { file: File; schema: string; onDone: (report: Report) => void }) {
  const { t } = useTranslation('data');
  const client = useQueryClient();
  const jobs = useJobs();
  const [table, setTable] = useState(tableFor(file.name, schema));
  const [mode, setMode] = useState<Mode>('create');
  const [types, setTypes] = useState<Record<string, string>>({});
  const [sent, setSent] = useState<number | null>(null);
  const [followed, setFollowed] = useState<string | null>(null);
  const [over, setOver] = useState(false);
  useWatching(followed, over);
  const [failure, setFailure] = useState<string | null>(null);
  const [plan] = useDebouncedValue({ table, mode, types }, 250);
  const tree = useTree().data;
  const exists = tree?.some((one) => one.objects.some((object) => `${one.catalog}.${one.schema}.${object.name}` === table)) ?? false;
  const dry = useQuery({
    queryKey: ['load', file.name, file.size, file.lastModified, plan],
    queryFn: () => preview(file, plan),
    retry: false,
    staleTime: Infinity,
    placeholderData: (before) => before,
  });

  const said = useSaid();
  const wordsOf = (error: unknown) =>
    error instanceof ConnectionLost ? t('load.lost') : error instanceof ApiError ? said.error(error.body).text : (error as Error).message;
  const load = async () => {
    setFailure(null);
    setSent(0);
    setOver(false);
    try {
      const id = await upload(file, file.name, { table, mode, types }, false, setSent);
      setSent(1);
      setFollowed(id);
      jobs.start({ id, label: `LOAD ${file.name} INTO ${table} MODE ${mode}` });
      const status = await follow(id);
      setOver(true);
      if (status.error) throw refusal(400, status);
      const row = (await fetchRows(id, 0, 1)).rows?.[0] as unknown[];
      const names = (status.schema ?? []).map((column) => column.name);
      const value = (name: string) => row[names.indexOf(name)];
      void client.invalidateQueries({ queryKey: ['catalog'] });
      onDone({
        table,
        rows: Number(value('rows')),
        rejects: Number(value('rejects')),
        seconds: Number(value('seconds')),
        notes: String(value('note') ?? '').split('; ').filter(Boolean),
      });
    } catch (error) {
      setFailure(wordsOf(error));
      setSent(null);
    }
  };

  return (
    <>
      <div className={classes.target}>
        <TextInput label={t('load.table')} value={table} onChange={(event) => setTable(event.currentTarget.value)} spellCheck={false} disabled={sent !== null} />
        {(exists || mode !== 'create') && (
          <SegmentedControl
            aria-label={t('load.mode')} value={mode} onChange={(value) => setMode(value as Mode)}
            data={(['create', 'append', 'replace'] as const).map((value) => ({ value, label: t(`load.modes.${value}`), disabled: value === 'create' && exists }))}
          />
        )}
      </div>
      {exists && <p className="quiet small">{t(mode === 'replace' ? 'load.replaced' : 'load.exists', { table })}</p>}
      {dry.isPending && <Group gap="sm" py="lg"><Loader role="status" size="sm" /> <span className="quiet">{t('load.reading')}</span></Group>}
      {(dry.error || failure) && <Alert color="red" variant="light" my="sm" role="alert" classNames={{ root: classes.alert, message: classes.alertText }}>{failure ?? wordsOf(dry.error)}
        {!failure && dry.error instanceof ConnectionLost && <Button variant="subtle" size="compact-sm" onClick={() => void dry.refetch()}>{t('load.again')}</Button>}
      </Alert>}
      {dry.data && !dry.error && (
        <div className={classes.planBox} tabIndex={0} role="region" aria-label={t('load.columns')}>
          <table className={classes.plan} aria-busy={dry.isFetching}>
            <thead>
              <tr><th scope="col">{t('load.column')}</th><th scope="col">{t('load.type')}</th><th scope="col">{t('load.values')}</th></tr>
            </thead>
            <tbody>
              {dry.data.map((column) => (
                <tr key={column.name}>
                  <th scope="row"><span className="clip">{column.name}</span></th>
                  <td>
                    <Select
                      aria-label={t('load.typeOf', { name: column.name })} allowDeselect={false} comboboxProps={{ width: 160 }} disabled={sent !== null}
                      data={[...new Set([column.type, ...TYPES])].map((type) => ({ value: type, label: typeName(type) }))}
                      value={types[column.name] ?? column.type}
                      onChange={(type) => type && setTypes({ ...types, [column.name]: type })}
                    />
                  </td>
                  <td className={classes.samples}>
                    {column.values.map((value, at) => (value === null ? null : <span key={at} className="clip">{value}</span>))}
                    {column.values.every((value) => value === null) && <span className="quiet">∅</span>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {sent !== null && <Progress value={sent * 100} animated={sent >= 1} size="sm" mt="sm" aria-label={t('load.sending')} />}
      <Group justify="flex-end" mt="md">
        <Button size="sm" onClick={() => void load()} loading={sent !== null} disabled={!dry.data || (!failure && !!dry.error) || dry.isFetching || (exists && mode === 'create')}>
          {t(failure ? 'load.again' : exists && mode === 'replace' ? 'load.replace' : 'load.submit')}
        </Button>
      </Group>
    </>
  );
}

function Loaded({ report, onClose }: { report: Report; onClose: () => void }) {
  const { t } = useTranslation('data');
  const format = useFormats();
  const open = (then: () => void) => () => {
    onClose();
    then();
  };
  return (
    <>
      <p style={{ marginTop: 0 }}>
        {t('load.done', { count: report.rows, shown: format.count(report.rows), table: report.table })}{' '}
        <span className="quiet">{format.duration(report.seconds * 1000)}</span>
      </p>
      {report.rejects > 0 && <h2 className={`subtitle ${classes.rejects}`}>{t('load.rejects', { count: report.rejects, shown: format.count(report.rejects) })}</h2>}
      {report.notes.length > 0 && <ul className={classes.notes}>{report.notes.map((note, at) => <li key={at}>{note}</li>)}</ul>}
      <Group justify="flex-end" mt="lg">
        <Button size="sm" variant="default" onClick={open(() => go(`/data/${report.table.split('.').map(encodeURIComponent).join('/')}`))}>{t('load.open')}</Button>
        <Button size="sm" onClick={open(() => openQuery(`SELECT *\nFROM ${report.table}\nLIMIT 100`))}>{t('load.query')}</Button>
      </Group>
    </>
  );
}
