import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const here = join(__dirname);
const areas = readdirSync(join(here, 'en'));

function flat(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  return Object.entries(value as object).flatMap(([key, inner]) => flat(inner, path ? `${path}.${key}` : key));
}

function messages(language: string, area: string): Map<string, string> {
  return new Map(flat(JSON.parse(readFileSync(join(here, language, area), 'utf8'))));
}

const form = /_(one|many|other)$/;
const names = (keys: Iterable<string>) => [...new Set([...keys].map((key) => key.replace(form, '')))].sort();

describe.each(areas)('%s', (area) => {
  const en = messages('en', area);
  const fr = messages('fr', area);
  it('has the same messages in both languages', () => {
    expect(names(fr.keys())).toEqual(names(en.keys()));
  });
  it('has each plural form that its language needs', () => {
    for (const [messages, language] of [[en, 'en'], [fr, 'fr']] as const) {
      const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
      for (const key of messages.keys()) {
        if (form.test(key)) for (const one of needed) expect(messages.has(key.replace(form, `_${one}`)), `${language} ${key} ${one}`).toBe(true);
      }
    }
  });
  it('fills in the same values', () => {
    const values = (text: string) => [...text.matchAll(/{{(\w+)}}/g)].map((match) => match[1]).sort();
    for (const [key, text] of en) if (fr.has(key)) expect(values(fr.get(key)!), key).toEqual(values(text));
  });
  it('French has its no-break spaces', () => {
    for (const [key, text] of fr) expect(/ [:;?!»]|« /.test(text), `${key}: ${text}`).toBe(false);
  });
});

describe('messages named in the code', () => {
  const sources = (folder: string): string[] =>
    readdirSync(folder).flatMap((name) => {
      const path = join(folder, name);
      return statSync(path).isDirectory() ? sources(path) : /\.tsx?$/.test(name) && !name.includes('.test.') ? [path] : [];
    });
  const known = new Set(areas.flatMap((area) => [...messages('en', area).keys()].flatMap((key) => [key, key.replace(form, '')].map((one) => `${area.replace('.json', '')}:${one}`))));
  it.each(sources(join(here, '..')))('%s', (path) => {
    const text = readFileSync(path, 'utf8');
    const area = /useTranslation\('(\w+)'\)/.exec(text)?.[1] ?? 'shell';
    for (const [, key] of text.matchAll(/\bt\('([\w.:]+)'/g)) expect(known.has(key!.includes(':') ? key! : `${area}:${key}`), key).toBe(true);
  });
});
