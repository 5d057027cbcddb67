import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../app/icons';
import classes from '../app/shell.module.css';

const KINDS = '.csv,.tsv,.txt,.json,.ndjson,.jsonl,.parquet,.xlsx';

/** Takes dropped or chosen files. */
export function FileDrop({ onFiles }: { onFiles: (files: File[]) => void }) {
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
          event.stopPropagation();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          event.stopPropagation();
          setOver(false);
          const files = [...event.dataTransfer.files];
          if (files.length > 0) onFiles(files);
        }}
      >
        <Icon name="upload" size={24} />
        <strong>{t('drop.title')}</strong>
        <span className="quiet">{t('drop.kinds')}</span>
      </button>
      <FileInput ref={input} onFiles={onFiles} />
    </>
  );
}

export function FileInput({ ref, onFiles }: { ref: React.Ref<HTMLInputElement>; onFiles: (files: File[]) => void }) {
  const { t } = useTranslation('data');
  return (
    <input
      ref={ref} type="file" multiple accept={KINDS} hidden aria-label={t('drop.title')}
      onChange={(event) => {
        const files = [...(event.currentTarget.files ?? [])];
        event.currentTarget.value = '';
        if (files.length > 0) onFiles(files);
      }}
    />
  );
}
