import { Alert, Button, Group, PasswordInput, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { decimal, free, NAME, nameFor, PRESETS, run, save, secretOf, statements, VARIABLE, type Draft, type KeyWay } from './connect';
import type { Existing } from './ConnectDialog';
import classes from './models.module.css';
import { OutcomeNote } from './OutcomeNote';
import { quoted } from '../api/catalog';
import { place, test, useConnections, useEndpoints, useRefresh, useSecrets, type Outcome } from './queries';

const CURRENCIES = ['EUR', 'USD', 'GBP', 'CHF'];
const plain = (digits: string | null | undefined) => (digits ?? '').replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');

function initial(existing: Existing | undefined): Draft {
  if (!existing) {
    return { name: '', url: '', model: '', way: 'paste', key: '', variable: '', zones: '', priceInput: '', priceOutput: '', currency: 'EUR' };
  }
  const { endpoint, connection } = existing;
  const variable = connection.secret?.startsWith('env:') ? connection.secret.slice(4) : '';
  return {
    name: endpoint.name, url: connection.url, model: endpoint.model, way: variable ? 'env' : connection.secret ? 'keep' : 'none', key: '', variable,
    zones: connection.zones.join(', '), priceInput: plain(endpoint.priceInput), priceOutput: plain(endpoint.priceOutput), currency: endpoint.currency ?? 'EUR',
  };
}

export function ConnectForm(props: { existing?: Existing; onSaved: (name: string, outcome: Outcome | null) => void; onRemove?: () => void }) {
  const { t } = useTranslation('models');
  const { existing } = props;
  const endpoints = useEndpoints().data ?? [];
  const connections = useConnections().data ?? [];
  const secrets = useSecrets().data?.secrets ?? [];
  const refresh = useRefresh();
  const [draft, setDraft] = useState(() => initial(existing));
  const [named, setNamed] = useState(existing !== undefined);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState<'test' | 'save' | 'default' | null>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [failure, setFailure] = useState<string | null>(null);

  const taken = [...endpoints.map((one) => one.name), ...connections.map((one) => one.name)];
  const kept = existing?.connection.secret ?? null;
  const own = kept?.startsWith('secret:') ? kept.slice('secret:'.length) : null;
  const stored = own ?? free(draft.name, secrets.map((one) => one.name));
  const secret = secretOf(draft, stored, kept);
  const wrong = problems(draft, existing ? [] : taken);
  const shown = (field: keyof Draft) => (tried && wrong[field] ? t(`problems.${wrong[field]}`) : undefined);
  const { host, here } = place(draft.url);
  const shared = existing ? endpoints.filter((one) => one.connection === existing.connection.name && one.name !== existing.endpoint.name).map((one) => one.name) : [];
  const hadPrice = draft.priceInput.trim() !== '' || draft.priceOutput.trim() !== '';

  const set = (change: Partial<Draft>) => {
    const next = { ...draft, ...change };
    if (change.model !== undefined && !named) next.name = nameFor(change.model, taken);
    setDraft(next);
    setOutcome(null);
    setFailure(null);
  };

  const act = async (what: 'test' | 'save' | 'default', work: () => Promise<void>) => {
    setTried(true);
    if (Object.keys(wrong).length > 0) return;
    setBusy(what);
    setFailure(null);
    try {
      await work();
    } catch (error) {
      setFailure((error as Error).message);
    }
    setBusy(null);
  };
  const tryIt = () =>
    act('test', async () => {
      setOutcome(
        await test({
          name: draft.name, url: draft.url.trim(), model: draft.model.trim(),
          ...(secret ? { secret } : {}), ...(draft.way === 'paste' ? { key: draft.key } : {}),
          ...(hadPrice ? { price: { input: Number(decimal(draft.priceInput)), output: Number(decimal(draft.priceOutput)), currency: draft.currency } } : {}),
        }),
      );
    });
  const keep = () =>
    act('save', async () => {
      await save({ ...draft, model: draft.model.trim() }, stored, existing ?? null);
      const answer = await test({ endpoint: draft.name }).catch(() => null);
      await refresh();
      props.onSaved(draft.name, answer);
    });
  const makeDefault = () =>
    act('default', async () => {
      await run(`ALTER ENDPOINT ${quoted(draft.name)} SET DEFAULT`);
      await refresh();
    });
  const isDefault = endpoints.find((one) => one.name === draft.name)?.isDefault ?? false;

  return (
    <form
      className={classes.form}
      noValidate
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        void keep();
      }}
    >
      {!existing && (
        <fieldset className={classes.presets}>
          <legend>{t('connect.preset')}</legend>
          {PRESETS.map((preset) => (
            <Button
              key={preset.id} type="button" variant={draft.url === preset.url && preset.url ? undefined : 'default'} aria-pressed={draft.url === preset.url && preset.url !== ''}
              onClick={() => set({ url: preset.url, way: place(preset.url).here ? 'none' : draft.way === 'none' ? 'paste' : draft.way })}
            >
              {t(`presets.${preset.id}`)}
            </Button>
          ))}
        </fieldset>
      )}
      <TextInput label={t('connect.url')} description={t('connect.urlText')} placeholder="https://api.example.com/v1" value={draft.url} error={shown('url')} onChange={(event) => set({ url: event.currentTarget.value })} spellCheck={false} required withAsterisk={false} />
      <p className={classes.leaves}>{host === '' ? t('connect.leavesUnknown') : t(here ? 'connect.leavesNothing' : 'connect.leaves', { host })}</p>
      <div className={classes.pair}>
        <TextInput label={t('connect.model')} description={t('connect.modelText')} placeholder="mistral-small-latest" value={draft.model} error={shown('model')} onChange={(event) => set({ model: event.currentTarget.value })} spellCheck={false} required withAsterisk={false} />
        <TextInput
          label={t('connect.name')} description={t(existing ? 'connect.nameFixed' : 'connect.nameText')} value={draft.name} error={shown('name')} disabled={existing !== undefined} spellCheck={false} required withAsterisk={false}
          onChange={(event) => {
            setNamed(true);
            set({ name: event.currentTarget.value.toLowerCase() });
          }}
        />
      </div>
      <Key draft={draft} kept={kept} stored={stored} error={{ key: shown('key'), variable: shown('variable') }} onChange={set} />
      <details className={classes.more} open={existing !== undefined || undefined}>
        <summary>{t('connect.priceTitle')}</summary>
        <div className={classes.prices}>
          <TextInput label={t('connect.priceInput')} value={draft.priceInput} error={shown('priceInput')} inputMode="decimal" placeholder="0.40" onChange={(event) => set({ priceInput: event.currentTarget.value })} />
          <TextInput label={t('connect.priceOutput')} value={draft.priceOutput} error={shown('priceOutput')} inputMode="decimal" placeholder="1.60" onChange={(event) => set({ priceOutput: event.currentTarget.value })} />
          <Select size="sm" label={t('connect.currency')} data={[...new Set([...CURRENCIES, draft.currency])]} value={draft.currency} allowDeselect={false} onChange={(currency) => currency && set({ currency })} />
        </div>
        <p className="quiet small">{t('connect.priceText')}</p>
        <TextInput label={t('connect.zones')} description={t('connect.zonesText')} placeholder="eu" value={draft.zones} error={shown('zones')} onChange={(event) => set({ zones: event.currentTarget.value })} spellCheck={false} />
      </details>
      <details className={classes.more}>
        <summary>{t('connect.sql')}</summary>
        <pre className={classes.code} tabIndex={0}>{statements({ ...draft, name: draft.name || 'name' }, secret, existing ?? null).join(';\n')}</pre>
        {draft.way === 'paste' && <p className="quiet small">{t('connect.sqlKey', { secret: stored || 'name' })}</p>}
      </details>
      {shared.length > 0 && <p className="quiet small">{t('connect.shared', { names: shared.join(', ') })}</p>}
      {failure && <Alert color="red" variant="light" role="alert" classNames={{ root: classes.alert, message: classes.alertText }}>{failure}</Alert>}
      {outcome && <OutcomeNote outcome={outcome} />}
      <Group justify="flex-end" gap="sm" className={classes.actions}>
        {props.onRemove && <Button type="button" size="sm" variant="subtle" className={classes.dangerous} mr="auto" onClick={props.onRemove} disabled={busy !== null}>{t('remove.open')}</Button>}
        {existing && !isDefault && !existing.endpoint.simulated && <Button type="button" size="sm" variant="default" loading={busy === 'default'} disabled={busy !== null} onClick={() => void makeDefault()}>{t('connect.makeDefault')}</Button>}
        <Button type="button" size="sm" variant="default" loading={busy === 'test'} disabled={busy !== null} onClick={() => void tryIt()}>{t('connect.test')}</Button>
        <Button type="submit" size="sm" loading={busy === 'save'} disabled={busy !== null}>{t(existing ? 'connect.save' : 'connect.submit')}</Button>
      </Group>
    </form>
  );
}

function Key({ draft, kept, stored, error, onChange }: { draft: Draft; kept: string | null; stored: string; error: { key?: string; variable?: string }; onChange: (change: Partial<Draft>) => void }) {
  const { t } = useTranslation('models');
  const ways: KeyWay[] = kept?.startsWith('secret:') ? ['keep', 'paste', 'env', 'none'] : ['paste', 'env', 'none'];
  return (
    <fieldset className={classes.key}>
      <legend>{t('connect.key')}</legend>
      <SegmentedControl aria-label={t('connect.key')} value={draft.way} onChange={(way) => onChange({ way: way as KeyWay })} data={ways.map((way) => ({ value: way, label: t(`ways.${way}`) }))} />
      {draft.way === 'paste' && (
        <PasswordInput
          aria-label={t('connect.keyLabel')} description={t('connect.keyText', { secret: stored || '…' })} placeholder="sk-…" value={draft.key} error={error.key} autoComplete="new-password" spellCheck={false}
          inputWrapperOrder={['label', 'input', 'error', 'description']} visibilityToggleButtonProps={{ 'aria-label': t('connect.keyShow') }} onChange={(event) => onChange({ key: event.currentTarget.value })}
        />
      )}
      {draft.way === 'env' && (
        <TextInput
          aria-label={t('connect.variable')} description={t('connect.variableText')} placeholder="MISTRAL_API_KEY" value={draft.variable} error={error.variable} spellCheck={false}
          inputWrapperOrder={['label', 'input', 'error', 'description']} onChange={(event) => onChange({ variable: event.currentTarget.value })}
        />
      )}
      {draft.way === 'keep' && <p className="quiet small">{t('connect.keepText', { secret: kept })}</p>}
      {draft.way === 'none' && <p className="quiet small">{t('connect.noneText')}</p>}
    </fieldset>
  );
}

/** What keeps the form from being sent, by field. */
function problems(draft: Draft, taken: string[]): Partial<Record<keyof Draft, string>> {
  const found: Partial<Record<keyof Draft, string>> = {};
  if (!/^https?:\/\/[^\s/]+/i.test(draft.url.trim())) found.url = 'url';
  if (!draft.model.trim()) found.model = 'model';
  if (!NAME.test(draft.name)) found.name = 'name';
  else if (taken.includes(draft.name)) found.name = 'taken';
  if (draft.way === 'paste' && !draft.key.trim()) found.key = 'key';
  if (draft.way === 'env' && !VARIABLE.test(draft.variable)) found.variable = 'variable';
  const prices = [draft.priceInput, draft.priceOutput];
  if (prices.some((price) => price.trim() !== '')) {
    if (decimal(draft.priceInput) === null) found.priceInput = 'price';
    if (decimal(draft.priceOutput) === null) found.priceOutput = 'price';
  }
  return found;
}
