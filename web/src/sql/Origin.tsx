import { Popover } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Statement } from '../api/statements';
import { useFormats } from '../app/format';
import { Icon } from '../app/icons';
import classes from './queries.module.css';

/** The wave of a generated column; on hover and focus it says where the values come from. */
export function Origin({ name, statement }: { name: string; statement: Statement }) {
  const { t } = useTranslation('queries');
  const format = useFormats();
  const [open, setOpen] = useState(false);
  const id = useId();
  const stages = (statement.ai_stages ?? []).filter((stage) => stage.function === name);
  return (
    <Popover opened={open} position="bottom-start" width={280} shadow="md" withinPortal transitionProps={{ duration: 80 }}>
      <Popover.Target popupType="dialog">
        <button
          className={classes.wave}
          aria-label={t('sql:generated', { function: name })}
          aria-describedby={open ? id : undefined}
          onMouseEnter={() => setOpen(true)}
          onMouseLeave={() => setOpen(false)}
          onFocus={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setOpen(false);
            event.stopPropagation();
          }}
        >
          <Icon name="wave" size={14} />
        </button>
      </Popover.Target>
      <Popover.Dropdown id={id} role="tooltip" className={classes.origin} p="sm">
        <h3>{t('sql:generated', { function: name })}</h3>
        {stages.map((stage, at) => (
          <dl key={at}>
            <dt>{t('origin.model')}</dt>
            <dd>
              {stage.model}
              {stage.place === 'simulated' && <span className={classes.simulated}>{t('simulated')}</span>}
            </dd>
            <dt>{t('origin.where')}</dt>
            <dd>{t(`origin.${stage.place ?? 'endpoint'}`)}</dd>
            <dt>{t('origin.calls')}</dt>
            <dd>{format.count(stage.asked ?? 0)}</dd>
            <dt>{t('origin.stored')}</dt>
            <dd>{format.count(stage.stored ?? 0)}</dd>
            {(stage.failed ?? 0) > 0 && (
              <>
                <dt>{t('origin.failed')}</dt>
                <dd>{format.count(stage.failed ?? 0)}</dd>
              </>
            )}
            <dt>{t('origin.cost')}</dt>
            <dd>{stage.cost?.amount && stage.cost.currency ? format.money(stage.cost.amount, stage.cost.currency) : (stage.asked ?? 0) > 0 ? t('origin.unknown') : '–'}</dd>
          </dl>
        ))}
      </Popover.Dropdown>
    </Popover>
  );
}
