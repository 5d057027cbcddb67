import { useTranslation } from 'react-i18next';
import type { Statement } from '../api/statements';
import { useFormats } from '../app/format';

type Stage = NonNullable<Statement['ai_stages']>[number];

function sum(stages: Stage[], field: 'asked' | 'stored' | 'failed'): number {
  return stages.reduce((total, stage) => total + (stage[field] ?? 0), 0);
}

/** Rows, time, calls, cost: small, always, in the same spot. */
export function Facts({ statement, elapsed }: { statement: Statement; elapsed?: number }) {
  const { t } = useTranslation('sql');
  const format = useFormats();
  const stages = statement.ai_stages ?? [];
  const facts: string[] = [];
  if (statement.state === 'FINISHED') {
    if (statement.affected !== undefined) facts.push(t('facts.affected', { count: statement.affected, shown: format.count(statement.affected) }));
    else if (statement.schema?.length) facts.push(t('facts.rows', { count: statement.total ?? 0, shown: format.count(statement.total ?? 0) }));
    if (statement.truncated) facts.push(t('facts.truncated'));
  } else if (statement.state === 'CANCELLED') facts.push(t('facts.cancelled'));
  facts.push(format.duration(elapsed ?? statement.wall_ms ?? 0));
  if (stages.length > 0) {
    facts.push(t('facts.calls', { count: sum(stages, 'asked'), shown: format.count(sum(stages, 'asked')) }));
    if (sum(stages, 'stored') > 0) facts.push(t('facts.stored', { count: sum(stages, 'stored'), shown: format.count(sum(stages, 'stored')) }));
    if (sum(stages, 'failed') > 0) facts.push(t('facts.failed', { count: sum(stages, 'failed'), shown: format.count(sum(stages, 'failed')) }));
    facts.push([...new Set(stages.map((stage) => stage.model))].join(', '));
  }
  const cost = statement.cost;
  if (cost?.amount && cost.currency) facts.push(format.money(cost.amount, cost.currency));
  return <span className="facts" data-testid="facts">{facts.join(' · ')}</span>;
}
