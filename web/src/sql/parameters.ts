import type { TypedValue } from '../api/statements';
import { skip } from './statementText';

/** What a person gives for a $name. `none` says NULL; an empty field without it is a value that is missing. */
export type Parameter = { type: string; value: string; none?: boolean };
export type Parameters = Record<string, Parameter>;

export const types = ['VARCHAR', 'BIGINT', 'DECIMAL', 'DATE', 'TIMESTAMP', 'BOOLEAN'] as const;
export type ParameterType = (typeof types)[number];

const NAME = /^\$([A-Za-z_]\w*|[1-9]\d?)/;
const CAST = /^::\s*(\w+)/;
const AI = /^ai_\w+\s*\(/i;
const LEAD = /^(?:[A-Za-z_\d$]|[^\0-\x7f])$/;

/** The $names of a text outside strings, comments, quoted names and dollar-quoted text, with the type a cast right behind tells. */
export function parametersOf(text: string): { name: string; type?: ParameterType }[] {
  const found = new Map<string, ParameterType | undefined>();
  for (let at = 0; at < text.length; at = skip(text, at)) {
    if (text[at] !== '$' || LEAD.test(text[at - 1] ?? '') || skip(text, at) > at + 1) continue;
    const name = NAME.exec(text.slice(at, at + 102))?.[1];
    if (name === undefined) continue;
    const cast = CAST.exec(text.slice(at + 1 + name.length, at + 40 + name.length))?.[1]?.toUpperCase();
    found.set(name, found.get(name) ?? types.find((type) => type === cast));
  }
  return [...found].map(([name, type]) => (type ? { name, type } : { name }));
}

/** Whether an AI function is called outside strings and comments. */
export function callsAi(text: string): boolean {
  for (let at = 0; at < text.length; at = skip(text, at)) {
    if ((text[at] === 'a' || text[at] === 'A') && !LEAD.test(text[at - 1] ?? '') && AI.test(text.slice(at, at + 60))) return true;
  }
  return false;
}

/** The value as the server reads it; undefined where none is given. A decimal comma is a point. */
export function typed(parameter: Parameter): TypedValue | undefined {
  if (parameter.none) return { type: parameter.type, value: null };
  const value = parameter.value.trim();
  if (value === '') return undefined;
  switch (parameter.type) {
    case 'VARCHAR':
      return { type: parameter.type, value: parameter.value };
    case 'BIGINT':
      return { type: parameter.type, value: value.replace(/[\s\u00a0\u202f]/g, '') };
    case 'DECIMAL':
      return { type: parameter.type, value: value.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.') };
    case 'TIMESTAMP':
      return { type: parameter.type, value: value.replace('T', ' ') };
    default:
      return { type: parameter.type, value };
  }
}

/** Whether what was typed can be of its type; the server has the last word. */
export function fits(parameter: Parameter): boolean {
  const given = typed(parameter)?.value ?? '';
  if (given === '') return true;
  if (parameter.type === 'BIGINT') return /^[+-]?\d{1,19}$/.test(given);
  if (parameter.type === 'DECIMAL') return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(given);
  return true;
}

/** The values to send for these names, and the names that have none. */
export function values(names: string[], given: Parameters): { ready: Record<string, TypedValue>; missing: string[] } {
  const ready: Record<string, TypedValue> = {};
  const missing: string[] = [];
  for (const name of names) {
    const value = Object.hasOwn(given, name) ? typed(given[name]!) : undefined;
    if (value) ready[name] = value;
    else missing.push(name);
  }
  return { ready, missing };
}
