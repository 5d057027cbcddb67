import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { quoted } from '../api/catalog';
import { openQuery } from '../sql/tabs';
import { literal, remove } from './connect';
import classes from './models.module.css';
import { OutcomeNote } from './OutcomeNote';
import { useTextColumn } from './ownModels';
import { useConnections, useEndpoints, useRefresh, type Outcome } from './queries';

/** After connecting: whether it answers, and a first statement that uses it. */
export function Connected({ name, outcome, fresh, onClose }: { name: string; outcome: Outcome | null; fresh: boolean; onClose: () => void }) {
  const { t, i18n } = useTranslation('models');
  const endpoints = useEndpoints().data ?? [];
  const connections = useConnections().data ?? [];
  const column = useTextColumn();
  const refresh = useRefresh();
  const [failure, setFailure] = useState<string | null>(null);
  const language = i18n.language === 'fr' ? 'en' : 'fr';
  const first = column
    ? `SELECT ${column.column},\n       ai_translate(${column.column}, '${language}', model => ${literal(name)}) AS translated\nFROM ${column.table}\nWHERE ${column.column} IS NOT NULL\nLIMIT 5`
    : `SELECT ai_gen(${literal(t('connected.prompt'))}, model => ${literal(name)}) AS answer`;
  const endpoint = endpoints.find((one) => one.name === name);
  const takeBack = async () => {
    try {
      if (endpoint) await remove(endpoint, connections.find((one) => one.name === endpoint.connection), endpoints.filter((one) => one !== endpoint), true);
      onClose();
      await refresh();
    } catch (error) {
      setFailure((error as Error).message);
    }
  };
  return (
    <div className={classes.form}>
      {outcome && <OutcomeNote outcome={outcome} />}
      {outcome?.answered === false && fresh && <p>{t('connected.kept', { name })}</p>}
      {endpoint?.isDefault && <p className="quiet">{t('connected.isDefault')}</p>}
      {outcome?.answered !== false && (
        <>
          <p style={{ margin: 0 }}>{t(column ? 'connected.first' : 'connected.firstAny', { table: column?.table, name: quoted(name) })}</p>
          <pre className={classes.code} tabIndex={0}>{first}</pre>
        </>
      )}
      {failure && <p role="alert" className={classes.failed}>{failure}</p>}
      <Group justify="flex-end" gap="sm" className={classes.actions}>
        {outcome?.answered === false && fresh && <Button size="sm" variant="default" onClick={() => void takeBack()}>{t('connected.takeBack')}</Button>}
        <Button size="sm" variant={outcome?.answered === false ? undefined : 'default'} onClick={onClose}>{t(outcome?.answered === false && fresh ? 'connected.keep' : 'shell:close')}</Button>
        {outcome?.answered !== false && (
          <Button
            size="sm"
            onClick={() => {
              onClose();
              openQuery(first);
            }}
          >
            {t('connected.open')}
          </Button>
        )}
      </Group>
    </div>
  );
}
