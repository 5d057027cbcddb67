import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../app/icons';
import classes from '../app/shell.module.css';

const KINDS = '.csv,.tsv,.txt,.json,.ndjson,.jsonl,.parquet,.xlsx';

/** Takes a dropped or chosen file. */
export function FileDrop({ onFile }: { onFile: (file: File) => void }) {
  const { t } = useTranslation('data');
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  return (
    <>
      <button
        className={classes.drop}
        data-over={over || undefined}
        onClick={() => input.current?.click()}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          event.stopPropagation();
          setOver(false);
          const file = event.dataTransfer.files[0];
          if (file) onFile(file);
        }}
      >
        <Icon name="upload" size={24} />
        <strong>{t('drop.title')}</strong>
        <span className="quiet">{t('drop.kinds')}</span>
      </button>
      <FileInput ref={input} onFile={onFile} />
    </>
  );
}

export function FileInput({ ref, onFile }: { ref: React.Ref<HTMLInputElement>; onFile: (file: File) => void }) {
  const { t } = useTranslation('data');
  return (
    <input
      ref={ref} type="file" accept={KINDS} hidden aria-label={t('drop.title')}
      onChange={(event) => {
        const file = event.currentTarget.files?.[0];
        event.currentTarget.value = '';
        if (file) onFile(file);
      }}
    />
  );
}
