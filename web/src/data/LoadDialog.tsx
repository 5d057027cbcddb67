import { Button, Group, Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { quoted } from '../api/catalog';
import { go } from '../app/router';
import { openQuery } from '../sql/tabs';
import { LoadQueue } from './LoadQueue';
import { LoadReport } from './LoadReport';
import { planFor, type Mode, type Plan, type Report } from './load';
import { PlanForm } from './PlanForm';

/** Loads the files that were dropped or chosen: one with its preview, several as a list of tables to be. */
export default function LoadDialog({ files, schema = 'lake.default', into, onClose }: { files: File[]; schema?: string; into?: { table: string; mode: Mode }; onClose: () => void }) {
  const { t } = useTranslation('load');
  const single = files.length === 1 ? files[0]! : null;
  const title = single ? t('title', { name: single.name }) : t('titles', { count: files.length });
  return (
    <Modal opened onClose={onClose} size={1000} title={<span className="title" style={{ overflowWrap: 'anywhere' }}>{title}</span>} closeButtonProps={{ 'aria-label': t('shell:close') }}>
      {single ? <Single file={single} initial={{ ...planFor(single, schema), ...into }} onClose={onClose} /> : <LoadQueue files={files} schema={schema} onClose={onClose} />}
    </Modal>
  );
}

function Single({ file, initial, onClose }: { file: File; initial: Plan; onClose: () => void }) {
  const { t } = useTranslation('load');
  const [plan, setPlan] = useState(initial);
  const [round, setRound] = useState(0);
  const [report, setReport] = useState<Report | null>(null);
  if (!report) {
    return (
      <PlanForm
        key={round} file={file} initial={plan}
        onDone={(done, used) => {
          setPlan(used);
          setReport(done);
        }}
      />
    );
  }
  const open = (then: () => void) => () => {
    onClose();
    then();
  };
  const parts = partsOf(report.table);
  return (
    <>
      <LoadReport
        report={report} plan={plan}
        onAgain={plan.mode === 'append' ? undefined : (next) => {
          setPlan(next);
          setReport(null);
          setRound(round + 1);
        }}
      />
      <Group justify="flex-end" mt="lg">
        <Button size="sm" variant="default" onClick={open(() => go(`/data/${parts.map(encodeURIComponent).join('/')}`))}>{t('open')}</Button>
        <Button size="sm" onClick={open(() => openQuery(`SELECT *\nFROM ${parts.map(quoted).join('.')}\nLIMIT 100`))}>{t('query')}</Button>
      </Group>
    </>
  );
}

/** The parts of a dotted name, in which quotes may stand. */
function partsOf(name: string): string[] {
  return [...name.matchAll(/"((?:[^"]|"")*)"|[^."]+/g)].map((match) => match[1]?.replaceAll('""', '"') ?? match[0]);
}
