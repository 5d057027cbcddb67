import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { loadOf, type Running } from '../api/running';
import { cancel } from '../api/statements';
import { useFormats } from './format';
import { useJobs } from './jobs';
import { useSaid } from './said';
import classes from './shell.module.css';

/** What ends at once is not worth a line that comes and goes. */
const WORTH_MILLIS = 600;

/** What runs, wherever it was started, and how to stop it. Takes no room when nothing does. */
export function JobsStrip() {
  const { t } = useTranslation();
  const { running } = useJobs();
  const shown = running.filter((one) => one.wall_ms >= WORTH_MILLIS);
  if (shown.length === 0) return null;
  return (
    <section className={classes.jobs} aria-label={t('jobs.title')} tabIndex={0}>
      {shown.map((job) => (
        <JobLine key={job.statement_id} job={job} />
      ))}
    </section>
  );
}

function JobLine({ job }: { job: Running }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const format = useFormats();
  const said = useSaid();
  const [stopping, setStopping] = useState(false);
  const load = job.kind === 'job' ? loadOf(job.label) : null;
  const label = load ? t('jobs.load', load) : job.label.replace(/\s+/g, ' ');
  const fraction = job.fraction ?? -1;
  const facts = [
    job.state === 'QUEUED' ? t('jobs.queued') : said.stage(job) || t('jobs.running'),
    ...(fraction > 0 ? [format.percent(fraction)] : []),
    format.duration(job.wall_ms),
    ...(job.cost?.amount && job.cost.currency && Number(job.cost.amount) > 0 ? [format.money(job.cost.amount, job.cost.currency)] : []),
  ];
  return (
    <div className={classes.job}>
      <span className={classes.pulse} aria-hidden />
      <span className="clip" title={job.label}>{label}</span>
      <span className="facts clip">{facts.join(' · ')}</span>
      <Button
        variant="subtle"
        size="compact-xs"
        loading={stopping}
        aria-label={t('jobs.cancelOne', { name: label.slice(0, 60) })}
        onClick={() => {
          setStopping(true);
          void cancel(job.statement_id)
            .catch(() => undefined)
            .finally(() => {
              setStopping(false);
              void client.invalidateQueries({ queryKey: ['running'] });
            });
        }}
      >
        {t('jobs.cancel')}
      </Button>
    </div>
  );
}
