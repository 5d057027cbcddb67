import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServerError } from '../api/client';
import { formats } from './format';
import { suggestions } from './suggestions';

type Values = Record<string, unknown>;
type Told = { stage?: string; stage_key?: string; stage_values?: Values; message?: string; message_key?: string; message_values?: Values };

/** What the server says by key and values, in the language of the workspace; its own English where there is no other. */
function said(t: TFunction, kind: 'stages' | 'messages', key: string | undefined, values: Values | undefined, english: string | undefined): string {
  if (!key) return english ?? '';
  const pattern = t(`said:${kind}.${key}`, { defaultValue: '', skipInterpolation: true });
  return fill(pattern, Object.fromEntries(Object.entries(values ?? {}).map(([name, value]) => [name, String(value)]))) ?? english ?? '';
}

/** The sentence with its values, which are never read as patterns themselves; null where one is missing. */
function fill(pattern: string, values: Record<string, string>): string | null {
  const named = [...pattern.matchAll(/{{(\w+)}}/g)].map((match) => match[1]!);
  if (pattern === '' || named.some((name) => !values[name])) return null;
  return pattern.replace(/{{(\w+)}}/g, (_, name: string) => values[name]!);
}

export function useSaid() {
  const { t, i18n } = useTranslation('said');
  return useMemo(
    () => ({
      stage: (told: Told) => said(t, 'stages', told.stage_key, told.stage_values, told.stage),
      message: (told: Told) => said(t, 'messages', told.message_key, told.message_values, told.message),
      error: (error: ServerError) => errorText(t, i18n.language, error),
    }),
    [t, i18n.language],
  );
}

/** What went wrong in a few words, and the sentence that says what to do. */
export type ErrorText = { title: string; text: string };

/**
 * A code may have several sentences, CODE.KEY, of which the detail `key` chooses one; the server's own sentence stands in
 * where a value is missing that the sentence names.
 */
export function errorText(t: TFunction, language: string, error: ServerError): ErrorText {
  const details = (error.details ?? {}) as Values;
  const title = t(`errors:${error.code}.title`, { defaultValue: t('errors:other.title') });
  const key = typeof details.key === 'string' && details.key !== 'title' ? details.key : 'text';
  const pattern = t(`errors:${error.code}.${key}`, { defaultValue: '', skipInterpolation: true });
  const text = fill(pattern, shown(details, language));
  if (text === null) return { title, text: error.message };
  const names = suggestions(error).map((name) => fill(t('errors:name', { skipInterpolation: true }), { name }));
  const meant = names.length > 0 ? fill(t('errors:meant', { skipInterpolation: true }), { names: names.join(', ') }) : null;
  return { title, text: meant === null ? text : `${text} ${meant}` };
}

/** Numbers by locale; lists with commas. */
function shown(details: Values, language: string): Record<string, string> {
  const format = formats(language);
  return Object.fromEntries(
    Object.entries(details).map(([name, value]) => {
      if (name === 'millis') return ['duration', format.duration(Number(value))];
      if (typeof value === 'number') return [name, format.count(value)];
      return [name, Array.isArray(value) ? value.join(', ') : String(value)];
    }),
  );
}
