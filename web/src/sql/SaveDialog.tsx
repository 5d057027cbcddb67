import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/client';

const LONGEST = 200;

type Props = {
  title: string;
  name: string;
  /** Fails with the server's refusal, which is shown. */
  onSave: (name: string) => Promise<void>;
  onClose: () => void;
};

/** Asks for the name of a saved query. */
export default function SaveDialog({ title, name, onSave, onClose }: Props) {
  const { t } = useTranslation('queries');
  const [text, setText] = useState(name);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      await onSave(text.trim());
      onClose();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setProblem(error.body.code === 'ALREADY_EXISTS' ? t('save.taken') : error.body.message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={<span className="subtitle">{title}</span>} size={420} closeButtonProps={{ 'aria-label': t('shell:close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <TextInput
          data-autofocus label={t('save.name')} value={text} maxLength={LONGEST} error={problem}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setProblem(null);
          }}
        />
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={onClose}>{t('save.cancel')}</Button>
          <Button type="submit" loading={busy} disabled={text.trim() === ''}>{t('save.submit')}</Button>
        </Group>
      </form>
    </Modal>
  );
}
