import { useTranslation } from 'react-i18next';
import classes from './models.module.css';
import { useOutcomeText } from './outcome';
import type { Outcome } from './queries';

/** How a test call ended: what was tried, what came back, what to do. */
export function OutcomeNote({ outcome }: { outcome: Outcome }) {
  const { t } = useTranslation('models');
  const words = useOutcomeText();
  const advice = words.advice(outcome);
  return (
    <div ref={(node) => node?.scrollIntoView({ block: 'nearest' })} className={classes.outcome} data-good={outcome.answered} role={outcome.answered ? 'status' : 'alert'}>
      <strong>{words.headline(outcome)}</strong>
      {advice && <p>{advice}</p>}
      {!outcome.answered && outcome.message && (
        <details>
          <summary className="small">{t('outcome.details')}</summary>
          <p className="small quiet" lang="en">{outcome.message}</p>
        </details>
      )}
    </div>
  );
}
