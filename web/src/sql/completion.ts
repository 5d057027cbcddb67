import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { PostgreSQL, SQLDialect, type SQLNamespace } from '@codemirror/lang-sql';
import type { TFunction } from 'i18next';
import { quoted, type ColumnRef, type SchemaNode } from '../api/catalog';
import aiFunctions from './aiFunctions.json';
import { typeName } from './values';

export const dialect = SQLDialect.define({
  ...PostgreSQL.spec,
  keywords: `${PostgreSQL.spec.keywords ?? ''} qualify pivot unpivot exclude asof semi anti describe replace`,
  caseInsensitiveIdentifiers: true,
});

export function namespace(tree: SchemaNode[], columns: ColumnRef[]): SQLNamespace {
  const names: Record<string, Record<string, Record<string, Completion[]>>> = {};
  for (const schema of tree) {
    const tables = ((names[schema.catalog] ??= {})[schema.schema] ??= {});
    for (const table of schema.objects) if (table.kind !== 'model') tables[table.name] = [];
  }
  for (const column of columns) {
    names[column.catalog]?.[column.schema]?.[column.table]?.push({
      label: column.name,
      apply: quoted(column.name),
      detail: typeName(column.type),
      type: 'property',
    });
  }
  return names;
}

/** Columns of the tables that the text names, tables by their last name, and functions with the AI ones first. */
export function extraSource(tree: SchemaNode[], columns: ColumnRef[], functions: string[], t: TFunction) {
  const ai = aiFunctions as Record<string, string>;
  const calls: Completion[] = functions.map((name) =>
    ai[name]
      ? { label: name, apply: `${name}(`, detail: ai[name].slice(name.length), info: t(`sql:functions.${name}`), type: 'function', boost: 1 }
      : { label: name, apply: `${name}(`, type: 'function', boost: -2 },
  );
  const tables: Completion[] = tree.flatMap((schema) =>
    schema.objects
      .filter((table) => table.kind !== 'model')
      .map((table) => ({
        label: table.name,
        apply: [table.catalog, table.schema, table.name].map(quoted).join('.'),
        detail: `${table.catalog}.${table.schema}`,
        type: 'class',
        boost: table.catalog === 'system' ? -3 : 2,
      })),
  );
  return (context: CompletionContext): CompletionResult | null => {
    const word = context.matchBefore(/[\w"]*/);
    if (!word || (word.from === word.to && !context.explicit)) return null;
    if (context.state.sliceDoc(word.from - 1, word.from) === '.') return null;
    const text = context.state.doc.toString().toLowerCase();
    const named = new Set([...text.matchAll(/[\w"]+/g)].map((match) => match[0].replaceAll('"', '')));
    const own = columns
      .filter((column) => named.has(column.table.toLowerCase()))
      .map((column) => ({ label: column.name, apply: quoted(column.name), detail: typeName(column.type), type: 'property', boost: 5 }));
    return { from: word.from, options: [...own, ...tables, ...calls], validFor: /^[\w"]*$/ };
  };
}
