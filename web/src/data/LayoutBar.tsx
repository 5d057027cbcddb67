import { NativeSelect, NumberInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './load.module.css';
import type { FileFacts, Layout } from './load';

const DELIMITERS = [',', ';', '\t', '|'];
const ENCODINGS = ['UTF-8', 'windows-1252', 'ISO-8859-15', 'UTF-16LE', 'UTF-16BE', 'IBM850'];

/** How the file was read, each part of it to be corrected. */
export function LayoutBar({ facts, layout, disabled, onLayout }: { facts: FileFacts; layout: Layout; disabled: boolean; onLayout: (layout: Layout) => void }) {
  const { t } = useTranslation('load');
  const lines = facts.format === 'csv';
  if (!lines && facts.format !== 'xlsx') return null;
  const set = (change: Layout) => onLayout({ ...layout, ...change });
  const header = layout.header === 'none' ? 0 : Number(layout.header ?? facts.header ?? 1);
  return (
    <div className={classes.layout}>
      {facts.sheets.length > 1 && (
        <NativeSelect
          size="xs" label={t('sheet')} disabled={disabled} data={facts.sheets} value={layout.sheet ?? facts.sheet ?? ''}
          onChange={(event) => onLayout({ sheet: event.currentTarget.value })}
        />
      )}
      {lines && (
        <>
          <NativeSelect
            size="xs" label={t('delimiter')} disabled={disabled} value={layout.delimiter ?? facts.delimiter ?? ','}
            data={[...new Set([...DELIMITERS, facts.delimiter ?? ','])].map((one) => ({ value: one, label: one === '\t' ? t('tab') : one }))}
            onChange={(event) => set({ delimiter: event.currentTarget.value })}
          />
          <NativeSelect
            size="xs" label={t('encoding')} disabled={disabled} data={[...new Set([...ENCODINGS, facts.encoding ?? 'UTF-8'])]} value={layout.encoding ?? facts.encoding ?? 'UTF-8'}
            onChange={(event) => set({ encoding: event.currentTarget.value })}
          />
        </>
      )}
      <NativeSelect
        size="xs" label={t('header')} disabled={disabled} value={header === 0 ? 'none' : 'row'}
        data={[{ value: 'row', label: t('headerRow') }, { value: 'none', label: t('headerNone') }]}
        onChange={(event) => set({ header: event.currentTarget.value === 'none' ? 'none' : '1' })}
      />
      {header > 0 && (
        <NumberInput
          size="xs" label={t('row')} disabled={disabled} min={1} max={1000} allowDecimal={false} allowNegative={false} value={header} w={72} hideControls
          onChange={(value) => Number(value) >= 1 && set({ header: String(value) })}
        />
      )}
    </div>
  );
}
