import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { cancel, ended, useStatement } from '../api/statements';
import { useFormats } from './format';
import { useJobs, type Job } from './jobs';
import classes from './shell.module.css';

/** What runs, and how to stop it. Takes no room when nothing does. */
export function JobsStrip() {
  const { t } = useTranslation();
  const { jobs } = useJobs();
  if (jobs.length === 0) return null;
  return (
    <section className={classes.jobs} aria-label={t('jobs.title')}>
      {jobs.map((job) => (
        <JobLine key={job.id} job={job} />
      ))}
    </section>
  );
}

function JobLine({ job }: { job: Job }) {
  const { t } = useTranslation();
  const format = useFormats();
  const { end } = useJobs();
  const { data, isError } = useStatement(job.id);
  const over = ended(data) || isError;
  useEffect(() => {
    if (over) end(job.id);
  }, [over, end, job.id]);
  if (over) return null;
  const fraction = data?.fraction ?? -1;
  return (
    <div className={classes.job}>
      <span className={classes.pulse} aria-hidden />
      <span className="clip">{job.label}</span>
      <span className="quiet clip">
        {data?.stage}
        {fraction > 0 ? ` ${format.percent(fraction)}` : ''}
      </span>
      <Button variant="subtle" size="compact-xs" onClick={() => void cancel(job.id)}>
        {t('jobs.cancel')}
      </Button>
    </div>
  );
}
