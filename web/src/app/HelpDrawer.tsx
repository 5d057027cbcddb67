import { Drawer, Kbd, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFunctions } from '../api/catalog';
import { ask } from '../api/statements';
import aiFunctions from '../sql/aiFunctions.json';
import { helpPages, topics, type Topic } from './help';
import classes from './help.module.css';
import { useReturnFocus } from './returnFocus';
import { useLocation } from './router';
import { keyName, shortcutsEverywhere, shortcutsOf, type Shortcut } from './shortcuts';

const STEPS = ['one', 'two', 'three'] as const;

/** What the page is for and what can be done on it, then the few things that one asks anywhere. */
export default function HelpDrawer({ topic, onClose }: { topic: Topic | null; onClose: () => void }) {
  const { t } = useTranslation('help');
  useReturnFocus();
  const { parts } = useLocation();
  const page = helpPages.find((one) => one === parts[0]) ?? 'welcome';
  const wanted = useRef<HTMLElement>(null);
  useEffect(() => {
    // Once the drawer has settled and placed the focus itself.
    const timer = setTimeout(() => wanted.current?.focus(), 200);
    return () => clearTimeout(timer);
  }, [topic]);
  return (
    <Drawer opened onClose={onClose} position="right" size={440} title={<span className="subtitle">{t('title')}</span>} closeButtonProps={{ 'aria-label': t('shell:close') }}>
      <div className={classes.help}>
        <h2 className="title">{t(`pages.${page}.title`)}</h2>
        <p>{t(`pages.${page}.text`)}</p>
        <h3 className="subtitle">{t('three')}</h3>
        <ol>{STEPS.map((step) => <li key={step}>{t(`pages.${page}.do.${step}`)}</li>)}</ol>
        {shortcutsOf(page).length > 0 && <Keys title={t('keys')} list={shortcutsOf(page)} />}
        <Keys title={t('everywhere')} list={shortcutsEverywhere()} />
        <Functions />
        <h3 className="subtitle">{t('topics')}</h3>
        {topics.map((one) => (
          <section key={one} ref={one === topic ? wanted : undefined} tabIndex={-1} className={classes.topic}>
            <h4>{t(`topic.${one}.title`)}</h4>
            <p>{t(`topic.${one}.text`)}</p>
          </section>
        ))}
        <p className="quiet small">{t('more')}</p>
      </div>
    </Drawer>
  );
}

function Keys({ title, list }: { title: string; list: Shortcut[] }) {
  const { t, i18n } = useTranslation('help');
  return (
    <>
      <h3 className="subtitle">{title}</h3>
      <dl className={classes.keys}>
        {list.map((one) => (
          <div key={one.keys.join() + one.message}>
            <dt>{one.keys.map((key) => <Kbd key={key} size="xs">{keyName(key, i18n.language)}</Kbd>)}</dt>
            <dd>{t(one.message)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** The functions there are, with what each can do here. */
function Functions() {
  const { t } = useTranslation('help');
  const known = useFunctions().data;
  const { data, isPending } = useQuery({
    queryKey: ['help', 'methods'],
    staleTime: 60_000,
    queryFn: ({ signal }) => ask('SELECT name, state FROM system.ai.local_methods', signal),
  });
  const signatures = aiFunctions as Record<string, string>;
  const rows = (data ?? []).map(([name, state]) => [String(name), String(state)] as const).filter(([name]) => known?.includes(name));
  return (
    <>
      <h3 className="subtitle">{t('functions')}</h3>
      {isPending && <Loader role="status" size="xs" aria-label={t('shell:loading')} />}
      <dl className={classes.functions}>
        {rows.map(([name, state]) => (
          <div key={name}>
            <dt><code>{signatures[name] ?? `${name}(…)`}</code> <span className={classes.state} data-state={state}>{t(`state.${state}`, { defaultValue: state })}</span></dt>
            <dd>{t(`sql:functions.${name}`, { defaultValue: '' })}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
