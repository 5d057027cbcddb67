import { useTranslation } from 'react-i18next';
import { useFormats } from '../app/format';
import type { Outcome } from './queries';

/** What came of a call, in a sentence. */
export function useOutcomeText() {
  const { t, i18n } = useTranslation('models');
  const format = useFormats();
  const code = (name: string) => (i18n.exists(`models:outcome.${name}`) ? t(`outcome.${name}`) : name);
  return {
    code,
    headline: (outcome: Outcome) => {
      if (!outcome.answered) return code(outcome.code ?? 'MODEL_FAILED');
      const tokens = outcome.tokens_in + outcome.tokens_out;
      const facts = t('outcome.answered', { time: format.duration(outcome.ms), count: tokens, shown: format.count(tokens) });
      return outcome.cost?.amount && outcome.cost.currency ? `${facts} · ${format.money(outcome.cost.amount, outcome.cost.currency)}` : facts;
    },
    /** What to do about it, where there is something. */
    advice: (outcome: Outcome) => (outcome.code && i18n.exists(`models:advice.${outcome.code}`) ? t(`advice.${outcome.code}`) : null),
  };
}
