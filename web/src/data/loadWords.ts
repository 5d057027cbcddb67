import type { TFunction } from 'i18next';
import { ApiError, ConnectionLost, type ServerError } from '../api/client';

const REASONS = new Set(['empty', 'no_rows', 'empty_sheet', 'no_sheet', 'binary', 'picture', 'pdf', 'password', 'old_excel', 'damaged', 'text', 'unknown']);

/** What is wrong with a file, in the reader's language where the server says which case it is. */
export function failureText(error: unknown, t: TFunction, said: (error: ServerError) => string): string {
  if (error instanceof ConnectionLost) return t('load:lost');
  if (error instanceof ApiError) {
    const details = (error.body.details ?? {}) as Record<string, unknown>;
    const reason = String(details.reason ?? '');
    if (!REASONS.has(reason)) return said(error.body);
    return t(`load:reasons.${reason}`, { file: String(details.file ?? ''), sheet: String(details.sheet ?? '') });
  }
  return (error as Error).message;
}

/** Why a row was rejected, in the reader's language. */
export function reasonText(row: { column?: string; value?: string; reason?: string }, t: TFunction): string {
  const reason = row.reason ?? '';
  const typed = / is not ([A-Z][A-Z ]*(?:\(\d+(?:,\d+)?\))?)$/.exec(reason);
  if (row.column && typed) return t('load:rejected.type', { type: typed[1]!.toLowerCase() });
  const fields = /^has (\d+) fields where (\d+) are expected$/.exec(reason);
  if (fields) return t('load:rejected.fields', { found: fields[1], wanted: fields[2] });
  if (reason === 'has bytes that are not UTF-8') return t('load:rejected.bytes');
  if (reason === 'a quote is opened and never closed') return t('load:rejected.quoteOpen');
  if (reason === 'text follows a closing quote') return t('load:rejected.quoteText');
  if (reason.startsWith('has cells beyond')) return t('load:rejected.beyond');
  if (reason.startsWith('is not JSON')) return t('load:rejected.json');
  if (reason === 'is not a JSON object') return t('load:rejected.object');
  return reason;
}
