import { Alert, Button, CopyButton, Group, Modal } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { perform } from '../api/statements';
import classes from './data.module.css';

/** An act on the catalog: what it does, the statement that does it, and the button. `statement` null: not ready yet. */
export function ActDialog(props: { title: string; statement: string | null; submit: string; danger?: boolean; children?: ReactNode; onClose: () => void; onDone?: () => void }) {
  const { t } = useTranslation('table');
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const run = async () => {
    if (!props.statement || busy) return;
    setBusy(true);
    setFailure(null);
    try {
      await perform(props.statement);
      props.onClose();
      props.onDone?.();
      void client.invalidateQueries({ queryKey: ['catalog'] });
    } catch (error) {
      setFailure((error as Error).message);
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={props.onClose} size={560} title={<span className="title" style={{ overflowWrap: 'anywhere' }}>{props.title}</span>} closeButtonProps={{ 'aria-label': t('shell:close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        {props.children}
        {props.statement && <Sql text={props.statement} />}
        {failure && <Alert color="red" variant="light" mt="sm" role="alert" classNames={{ root: classes.alert, message: classes.alertText }}>{failure}</Alert>}
        <Group justify="flex-end" mt="lg">
          <Button size="sm" variant="default" onClick={props.onClose}>{t('cancel')}</Button>
          <Button size="sm" type="submit" loading={busy} disabled={!props.statement} data-danger={props.danger || undefined}>{props.submit}</Button>
        </Group>
      </form>
    </Modal>
  );
}

/** A statement, to be read and copied. */
export function Sql({ text }: { text: string }) {
  const { t } = useTranslation('table');
  return (
    <div className={classes.statement}>
      <pre tabIndex={0} aria-label={t('statement')}>{text}</pre>
      <CopyButton value={text}>
        {({ copied, copy }) => <Button variant="subtle" size="compact-xs" onClick={copy}>{t(copied ? 'shell:copied' : 'shell:copy')}</Button>}
      </CopyButton>
    </div>
  );
}
