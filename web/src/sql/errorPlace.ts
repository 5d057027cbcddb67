import type { ServerError } from '../api/client';
import { suggestions } from '../app/suggestions';
import { skip } from './statementText';

export type Place = { from: number; to: number };

/** Where in the statement the error lies, as far as its details or its words tell. */
export function placeOf(error: ServerError, statement: string): Place | undefined {
  const details = (error.details ?? {}) as Record<string, unknown>;
  if (typeof details.position === 'number') {
    const from = Math.min(details.position, statement.length);
    const word = /^[\w"]+/.exec(statement.slice(from))?.[0] ?? '';
    return { from, to: Math.max(from + word.length, Math.min(from + 1, statement.length)) };
  }
  const parameter = typeof details.parameter === 'string' ? `$${details.parameter}` : undefined;
  const named = [parameter, details.name, details.function, details.column, details.table].filter((one) => typeof one === 'string');
  const told = [...error.message.matchAll(/"([^"]+)"|'([^']+)'|\b(\w+(?:\.\w+)+)\b/g)].map((match) => match[1] ?? match[2] ?? match[3]!);
  for (const name of [...named, ...told]) {
    const found = find(statement, name);
    if (found) return found;
  }
  return undefined;
}

/** A whole name outside strings and comments. A dotted one may be written with fewer parts. */
function find(statement: string, name: string): Place | undefined {
  for (let short = name; short; short = short.includes('.') ? short.slice(short.indexOf('.') + 1) : '') {
    const wanted = short.toLowerCase();
    for (let at = 0; at < statement.length; ) {
      const quotedName = statement[at] === '"';
      const next = skip(statement, at);
      if (quotedName && statement.slice(at + 1, next - 1).toLowerCase() === wanted) return { from: at, to: next };
      const here = statement.slice(at, at + wanted.length).toLowerCase();
      if (next === at + 1 && here === wanted && !word(statement[at - 1]) && !word(statement[at + wanted.length])) {
        return { from: at, to: at + wanted.length };
      }
      at = next;
    }
  }
  return undefined;
}

function word(character: string | undefined): boolean {
  return character !== undefined && /[\w$]/.test(character);
}

/** The names an error proposes instead: Did you mean "a", "b"? */
export function mends(error: ServerError): string[] {
  const told = suggestions(error);
  if (told.length > 0) return told;
  const list = /Did you mean ((?:(?:, | or )?["'`][^"'`]+["'`])+)/.exec(error.message)?.[1] ?? '';
  return [...list.matchAll(/["'`]([^"'`]+)["'`]/g)].map((match) => match[1]!).slice(0, 3);
}

/** The statement with the wrong name replaced; of a dotted name only the last part. */
export function mended(written: string, proposal: string): string {
  if (proposal.includes('.')) return proposal;
  const dot = written.lastIndexOf('.');
  return dot < 0 ? proposal : written.slice(0, dot + 1) + proposal;
}
