import type { TFunction } from 'i18next';
import type { Estimate } from '../api/queries';
import type { formats } from '../app/format';

type Formats = ReturnType<typeof formats>;

export function local(estimate: Estimate): boolean {
  return estimate.stages.every((stage) => stage.place === 'local');
}

/** What the run button says beside its word: calls, and their price or place. */
export function priceOf(estimate: Estimate, t: TFunction, format: Formats): string {
  if (estimate.stages.length === 0) return '';
  if (estimate.calls === 0 && estimate.stored > 0) return t('queries:price.noCalls');
  const exact = estimate.stages.every((stage) => stage.method === 'counted');
  const calls = t(exact ? 'queries:price.calls' : 'queries:price.aboutCalls', { count: estimate.calls, shown: format.count(estimate.calls) });
  if (local(estimate)) return `${calls} · ${t('queries:price.local')}`;
  const cost = estimate.cost?.amount && estimate.cost.currency ? t('queries:price.about', { cost: format.money(estimate.cost.amount, estimate.cost.currency) }) : t('queries:price.unknown');
  const simulated = estimate.stages.some((stage) => stage.place === 'simulated') ? ` · ${t('queries:simulated')}` : '';
  return `${calls} · ${cost}${simulated}`;
}

/** The same stage by stage, for who wants to know. */
export function priceDetails(estimate: Estimate, t: TFunction, format: Formats): string[] {
  const lines = estimate.stages.map((stage) => {
    const parts = [t('queries:price.calls', { count: stage.calls, shown: format.count(stage.calls) })];
    if (stage.stored > 0) parts.push(t('sql:facts.stored', { count: stage.stored, shown: format.count(stage.stored) }));
    if (stage.tokens_in > 0) parts.push(t('queries:price.tokens', { count: stage.tokens_in, shown: format.count(stage.tokens_in) }));
    if (stage.place === 'local') parts.push(t('queries:price.local'));
    return `${stage.function} · ${stage.model} · ${parts.join(', ')}`;
  });
  const { worst } = estimate;
  if (!local(estimate) && worst?.amount && worst.currency) lines.push(t('queries:price.worst', { cost: format.money(worst.amount, worst.currency) }));
  return lines;
}
