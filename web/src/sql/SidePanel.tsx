import { useTranslation } from 'react-i18next';
import type { ReactNode } from 'react';
import { useStored } from '../app/stored';
import classes from './queries.module.css';

/** The catalog and the saved queries share the place beside the editor. */
export function SidePanel({ catalog, saved }: { catalog: ReactNode; saved: ReactNode }) {
  const { t } = useTranslation('queries');
  const [shown, setShown] = useStored<'catalog' | 'saved'>('sql.side', 'catalog');
  const other = (event: React.KeyboardEvent) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    const next = shown === 'saved' ? 'catalog' : 'saved';
    setShown(next);
    document.getElementById(`side-tab-${next}`)?.focus();
  };
  return (
    <>
      <div role="tablist" aria-label={t('side')} className={classes.side} onKeyDown={other}>
        {(['catalog', 'saved'] as const).map((part) => (
          <button
            key={part}
            id={`side-tab-${part}`}
            role="tab"
            aria-selected={shown === part}
            aria-controls="side-panel"
            tabIndex={shown === part ? 0 : -1}
            onClick={() => setShown(part)}
          >
            {part === 'catalog' ? t('sql:catalog') : t('saved.title')}
          </button>
        ))}
      </div>
      <div role="tabpanel" id="side-panel" aria-labelledby={`side-tab-${shown}`}>{shown === 'saved' ? saved : catalog}</div>
    </>
  );
}
