import { Button, Group, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export type Conflict = { name: string; version: number; basedOn: number };

type Props = { conflict: Conflict; onOverwrite: () => void; onCopy: () => void; onLoad: () => void; onClose: () => void };

/** Somebody, or oneself elsewhere, saved the query in between. Nothing is lost until one chooses. */
export default function ConflictDialog({ conflict, onOverwrite, onCopy, onLoad, onClose }: Props) {
  const { t } = useTranslation('queries');
  const then = (act: () => void) => () => {
    onClose();
    act();
  };
  return (
    <Modal opened onClose={onClose} title={<span className="subtitle">{t('conflict.title')}</span>} size={460} closeButtonProps={{ 'aria-label': t('shell:close') }}>
      <p>{t('conflict.text', { name: conflict.name, version: conflict.version, basedOn: conflict.basedOn })}</p>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={then(onLoad)}>{t('conflict.load')}</Button>
        <Button variant="default" onClick={then(onOverwrite)}>{t('conflict.overwrite')}</Button>
        <Button data-autofocus onClick={then(onCopy)}>{t('conflict.copy')}</Button>
      </Group>
    </Modal>
  );
}
