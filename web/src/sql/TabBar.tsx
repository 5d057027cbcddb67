import { ActionIcon } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon } from '../app/icons';
import { Tip } from '../app/Tip';
import queries from './queries.module.css';
import { unsaved } from './saved';
import classes from './sql.module.css';
import type { Tab } from './tabs';

export function TabBar(props: { tabs: Tab[]; active: string; onChoose: (id: string) => void; onClose: (id: string) => void; onAdd: () => void }) {
  const { t } = useTranslation('sql');
  return (
    <div className={classes.tabs}>
      {props.tabs.map((tab) => {
        const name = tab.saved?.name ?? t('tab', { number: tab.number });
        return (
          <div key={tab.id} className={classes.tab} data-active={tab.id === props.active || undefined}>
            <button className="plain" aria-pressed={tab.id === props.active} onClick={() => props.onChoose(tab.id)} title={tab.text.slice(0, 300)}>
              <span className={classes.tabName}>{name}</span>
              {unsaved(tab) && <span className={queries.dot} role="img" aria-label={t('queries:unsaved')} />}
            </button>
            <button className={classes.close} aria-label={t('closeTab', { name })} onClick={() => props.onClose(tab.id)}><Icon name="close" size={12} /></button>
          </div>
        );
      })}
      <Tip label={t('newTab')}>
        <ActionIcon size="sm" aria-label={t('newTab')} onClick={props.onAdd}><Icon name="plus" size={14} /></ActionIcon>
      </Tip>
    </div>
  );
}
