import { Button, CopyButton, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Column } from '../api/statements';
import classes from './grid.module.css';

/** A long value, whole. */
export default function Reader({ column, text, onClose }: { column: Column; text: string; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal opened onClose={onClose} title={<span className="mono">{column.name}</span>} size="lg" closeButtonProps={{ 'aria-label': t('close') }}>
      <pre className={classes.reader} tabIndex={0}>{text}</pre>
      <CopyButton value={text}>
        {({ copied, copy }) => <Button variant="default" onClick={copy}>{t(copied ? 'copied' : 'copy')}</Button>}
      </CopyButton>
    </Modal>
  );
}
