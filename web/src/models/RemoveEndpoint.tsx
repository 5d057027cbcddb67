import { Button, Checkbox, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../app/format';
import { remove } from './connect';
import type { Existing } from './ConnectDialog';
import classes from './models.module.css';
import { useConnections, useEndpoints, useLastCalls, useRefresh } from './queries';

/** Says what stops working before an endpoint goes. */
export function RemoveEndpoint({ existing, onBack, onClose }: { existing: Existing; onBack: () => void; onClose: () => void }) {
  const { t } = useTranslation('models');
  const format = useFormats();
  const { endpoint, connection } = existing;
  const endpoints = useEndpoints().data ?? [];
  const connections = useConnections().data ?? [];
  const last = useLastCalls().data?.get(endpoint.name);
  const refresh = useRefresh();
  const [withKey, setWithKey] = useState(true);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const others = endpoints.filter((one) => one.name !== endpoint.name);
  const alone = !others.some((one) => one.connection === connection.name);
  const ownKey = alone && connection.secret?.startsWith('secret:') && !connections.some((one) => one.name !== connection.name && one.secret === connection.secret);
  const go = async () => {
    setBusy(true);
    try {
      await remove(endpoint, connection, others, withKey && !!ownKey);
      onClose();
      await refresh();
    } catch (error) {
      setFailure((error as Error).message);
      setBusy(false);
    }
  };
  return (
    <div className={classes.form}>
      <p style={{ margin: 0 }}>{t('remove.text', { name: endpoint.name })}</p>
      {last && <p className="quiet" style={{ margin: 0 }}>{t('remove.used', { count: last.calls, shown: format.count(last.calls), when: format.moment(last.at) })}</p>}
      {endpoint.isDefault && <p className={classes.caution}>{t('remove.isDefault')}</p>}
      <p className="quiet" style={{ margin: 0 }}>{t('remove.stays')}</p>
      {ownKey && <Checkbox label={t('remove.key', { secret: connection.secret })} checked={withKey} onChange={(event) => setWithKey(event.currentTarget.checked)} />}
      {failure && <p role="alert" className={classes.failed}>{failure}</p>}
      <Group justify="flex-end" gap="sm" className={classes.actions}>
        <Button size="sm" variant="default" onClick={onBack}>{t('remove.back')}</Button>
        <Button size="sm" className={classes.danger} loading={busy} onClick={() => void go()}>{t('remove.submit')}</Button>
      </Group>
    </div>
  );
}
