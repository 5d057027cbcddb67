import { Button, Menu, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { send } from '../api/client';
import type { Statement } from '../api/statements';
import { Icon } from '../app/icons';
import type { ChartChoice } from './chart/choice';
import classes from './sql.module.css';

const SHEET_ROWS = 1_048_575;
const FORMATS = ['csv', 'xlsx', 'parquet'] as const;

/** What can be done with the rows of a result: see them as a chart, have them as a file. */
export default function ResultTools({ statement, chart, onChart }: { statement: Statement; chart: ChartChoice; onChart: (chart: ChartChoice) => void }) {
  const { t } = useTranslation('chart');
  return (
    <div className={classes.tools}>
      <SegmentedControl
        size="xs"
        aria-label={t('view')}
        data={[{ value: 'table', label: t('table') }, { value: 'chart', label: t('chart') }]}
        value={chart.shown ? 'chart' : 'table'}
        onChange={(view) => onChart({ ...chart, shown: view === 'chart' })}
      />
      <ExportMenu statement={statement} />
    </div>
  );
}

function ExportMenu({ statement }: { statement: Statement }) {
  const { t } = useTranslation('chart');
  const [refused, setRefused] = useState<string | null>(null);
  const long = (statement.total ?? 0) > SHEET_ROWS;
  const save = async (format: string) => {
    setRefused(null);
    const path = `/api/v1/sql/${statement.statement_id}`;
    // A download tells the page nothing; that the result is gone is asked first.
    const { status } = await send('GET', path);
    if (status >= 400) setRefused(t('export.gone'));
    else {
      const link = document.createElement('a');
      link.href = `${path}/export?format=${format}`;
      link.download = '';
      link.click();
    }
  };
  return (
    <>
      {refused && <span role="alert" className={classes.refused}>{refused}</span>}
      <Menu position="bottom-end" width={250} withInitialFocusPlaceholder={false} transitionProps={{ duration: 80 }}>
        <Menu.Target>
          <Button variant="subtle" color="gray" leftSection={<Icon name="download" />}>{t('export.menu')}</Button>
        </Menu.Target>
        <Menu.Dropdown>
          {FORMATS.map((format) => (
            <Menu.Item key={format} disabled={format === 'xlsx' && long} onClick={() => void save(format)}>
              {t(`export.${format}`)}
              <span className={classes.hint}>{t(format === 'xlsx' && long ? 'export.xlsxTooLong' : `export.${format}Hint`)}</span>
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
