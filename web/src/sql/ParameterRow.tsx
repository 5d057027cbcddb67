import { ActionIcon, NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Tip } from '../app/Tip';
import classes from './queries.module.css';
import { fits, typed, types, type Parameter, type Parameters, type ParameterType } from './parameters';

type Props = {
  names: { name: string; type?: ParameterType }[];
  values: Parameters;
  missing: string[];
  onChange: (values: Parameters) => void;
};

export function parameterId(name: string): string {
  return `parameter-${name}`;
}

/** The values of the statement's $names: a type and a field for each. */
export function ParameterRow({ names, values, missing, onChange }: Props) {
  const { t } = useTranslation('queries');
  if (names.length === 0) return null;
  return (
    <section className={classes.parameters} aria-label={t('parameters.title')}>
      {names.map(({ name, type }) => {
        const parameter = (Object.hasOwn(values, name) ? values[name] : undefined) ?? { type: type ?? 'VARCHAR', value: '' };
        const set = (change: Partial<Parameter>) => onChange({ ...values, [name]: { ...parameter, ...change } });
        return <Field key={name} name={name} parameter={parameter} missing={missing.includes(name)} set={set} />;
      })}
    </section>
  );
}

function Field({ name, parameter, missing, set }: { name: string; parameter: Parameter; missing: boolean; set: (change: Partial<Parameter>) => void }) {
  const { t } = useTranslation('queries');
  const other = (types as readonly string[]).includes(parameter.type) ? [] : [{ value: parameter.type, label: parameter.type.toLowerCase() }];
  const wrong = !fits(parameter);
  const problem = missing && !typed(parameter) ? t('parameters.missing') : wrong ? t('parameters.wrong') : undefined;
  const common = {
    id: parameterId(name),
    size: 'xs' as const,
    disabled: parameter.none,
    error: problem,
    'aria-label': t('parameters.value', { name }),
  };
  return (
    <div className={classes.parameter} role="group" aria-label={name}>
      <label className={classes.name} htmlFor={parameterId(name)}>{name}</label>
      <NativeSelect
        size="xs"
        aria-label={t('parameters.type', { name })}
        value={parameter.type}
        data={[...types.map((type) => ({ value: type, label: t(`parameters.types.${type}`) })), ...other]}
        onChange={(event) => set({ type: event.currentTarget.value, value: keeps(parameter, event.currentTarget.value) ? parameter.value : '' })}
      />
      {parameter.type === 'BOOLEAN' ? (
        <NativeSelect
          {...common}
          value={parameter.value}
          data={[{ value: '', label: '' }, { value: 'true', label: t('parameters.yes') }, { value: 'false', label: t('parameters.no') }]}
          onChange={(event) => set({ value: event.currentTarget.value })}
        />
      ) : (
        <TextInput
          {...common}
          className={classes.value}
          type={parameter.type === 'DATE' ? 'date' : parameter.type === 'TIMESTAMP' ? 'datetime-local' : 'text'}
          step={parameter.type === 'TIMESTAMP' ? 1 : undefined}
          inputMode={parameter.type === 'BIGINT' || parameter.type === 'DECIMAL' ? 'decimal' : undefined}
          value={parameter.none ? '' : parameter.type === 'TIMESTAMP' ? parameter.value.replace(' ', 'T') : parameter.value}
          placeholder={parameter.none ? 'NULL' : undefined}
          onChange={(event) => set({ value: event.currentTarget.value })}
        />
      )}
      <Tip label={t('parameters.none')}>
        <ActionIcon size="md" aria-label={t('parameters.noneOf', { name })} aria-pressed={parameter.none ?? false} data-on={parameter.none || undefined} className={classes.null} onClick={() => set({ none: parameter.none ? undefined : true })}>
          ∅
        </ActionIcon>
      </Tip>
    </div>
  );
}

/** Text can become anything; a date is no number. */
function keeps(parameter: Parameter, type: string): boolean {
  return type === 'VARCHAR' || (fits({ ...parameter, type }) && ['BIGINT', 'DECIMAL'].includes(type));
}
