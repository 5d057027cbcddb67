import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './queries.module.css';

/** What a person typed as an amount, as the server reads it; undefined for none, null for what is no amount. */
export function amountOf(text: string): string | undefined | null {
  const amount = text.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.');
  if (amount === '') return undefined;
  return /^\d{1,12}(\.\d{1,9})?$/.test(amount) ? amount : null;
}

/** The most that the calls of one statement may cost. */
export function BudgetField({ value, currency, onChange }: { value: string; currency: string; onChange: (value: string) => void }) {
  const { t } = useTranslation('queries');
  return (
    <label className={classes.budget}>
      {t('budget.label')}
      <TextInput
        size="xs" inputMode="decimal" value={value} placeholder={t('budget.none')} error={amountOf(value) === null}
        aria-label={t('budget.long', { currency })} onChange={(event) => onChange(event.currentTarget.value)}
      />
      {currency}
    </label>
  );
}
