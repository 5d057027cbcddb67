import i18next from 'i18next';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { errorText } from '../app/said';

const server = join(__dirname, '../../../platform/src/main/java/dev/estran');
const read = (language: string, area: string) => JSON.parse(readFileSync(join(__dirname, language, `${area}.json`), 'utf8')) as Record<string, Record<string, string>>;

function sources(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? sources(path) : name.endsWith('.java') ? [readFileSync(path, 'utf8')] : [];
  });
}

const java = sources(server);
const codes = [...readFileSync(join(server, 'ErrorCode.java'), 'utf8').matchAll(/^ {4}([A-Z_]+)\(ErrorKind/gm)].map((match) => match[1]!);

describe.each(['en', 'fr'])('what the server says, in %s', (language) => {
  it.each(codes)('%s has a message', (code) => {
    expect(read(language, 'errors')[code]?.title).toBeTruthy();
  });
  it('has no message for a code that is gone', () => {
    const known = [...codes, 'meant', 'name', 'other', 'NOT_FOUND'];
    expect(Object.keys(read(language, 'errors')).filter((code) => !known.includes(code))).toEqual([]);
  });
  it.each([
    ['stages', /Phrase\.of\(\s*"(\w+)"/g],
    ['stages', /\bprogress\("(\w+)", "/g],
    ['messages', /Outcome\.message\(\s*"(\w+)"/g],
  ] as const)('%s by key are all there', (area, pattern) => {
    const keys = java.flatMap((text) => [...text.matchAll(pattern)].map((match) => match[1]!));
    expect(keys.length).toBeGreaterThan(0);
    const said = read(language, 'said')[area]!;
    expect(keys.filter((key) => !(key in said))).toEqual([]);
  });
});

describe('an error in the language of the workspace', () => {
  beforeAll(async () => {
    await i18next.init({ lng: 'fr', resources: { fr: { errors: read('fr', 'errors') } }, interpolation: { escapeValue: false } });
  });
  const say = (code: string, details?: Record<string, unknown>, message = 'English.') =>
    errorText(i18next.t, 'fr', { code, message, retryable: false, details: details as never });

  it('names its values and what was meant', () => {
    const told = say('COLUMN_NOT_FOUND', { name: 'montnat', suggestions: ['montant'] });
    expect(told.title).toBe('colonne introuvable');
    expect(told.text).toContain('«\u00a0montnat\u00a0»');
    expect(told.text).toContain('Vouliez-vous dire «\u00a0montant\u00a0»');
  });
  it('chooses the sentence by its key', () => {
    expect(say('BIND_ERROR', { key: 'ambiguous', name: 'id', choices: 'a.id, b.id' }).text).toContain('a.id, b.id');
  });
  it('shows numbers and durations by locale', () => {
    expect(say('TIMEOUT', { millis: 1500 }).text).toContain('1,5\u00a0s');
    expect(say('RESULT_TOO_LARGE', { key: 'bytes', limit: 1_000_000 }).text).toMatch(/1\s000\s000/);
  });
  it('falls back to the words of the server where a value or a sentence is missing', () => {
    expect(say('COLUMN_NOT_FOUND', undefined).text).toBe('English.');
    expect(say('BIND_ERROR', { key: 'something new' }).text).toBe('English.');
    expect(say('BIND_ERROR', { key: 'title' }).text).toBe('English.');
    expect(say('TABLE_NOT_FOUND', { name: '' }).text).toBe('English.');
    expect(say('A_CODE_OF_A_NEWER_SERVER', { name: 'x' })).toEqual({ title: 'L’instruction a échoué', text: 'English.' });
  });
  it('does not read values as patterns', () => {
    const told = say('CONVERSION_FAILED', { value: '{{type}} $t(other.title) <img src=x>', type: 'DATE' });
    expect(told.text).toContain('{{type}} $t(other.title) <img src=x>');
  });
});
