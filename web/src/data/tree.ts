import type { ColumnRef, SchemaNode, TableRef } from '../api/catalog';

/** Why a table was found: the column or the comment that matched; null where its name did. */
export type Match = { kind: 'column' | 'comment'; text: string } | null;

/** A line of the tree as it is drawn. */
export type Line =
  | { kind: 'schema'; key: string; level: 1; schema: SchemaNode; open: boolean }
  | { kind: 'table'; key: string; level: 2; table: TableRef; open: boolean; match: Match }
  | { kind: 'column'; key: string; level: 3; column: ColumnRef };

export const keyOf = (table: { catalog: string; schema: string; name: string }) => `${table.catalog}.${table.schema}.${table.name}`;

/** Without accents and case. */
export function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

export function columnsByTable(columns: ColumnRef[]): Map<string, ColumnRef[]> {
  const found = new Map<string, ColumnRef[]>();
  for (const column of columns) {
    const key = `${column.catalog}.${column.schema}.${column.table}`;
    const list = found.get(key);
    if (list) list.push(column);
    else found.set(key, [column]);
  }
  return found;
}

function matchOf(table: TableRef, columns: ColumnRef[], words: string[]): Match | undefined {
  const all = (text: string) => {
    const one = plain(text);
    return words.every((word) => one.includes(word));
  };
  if (all(keyOf(table))) return null;
  const column = columns.find((one) => all(one.name));
  if (column) return { kind: 'column', text: column.name };
  if (table.comment && all(table.comment)) return { kind: 'comment', text: table.comment };
  const said = columns.find((one) => one.comment && all(one.comment));
  return said ? { kind: 'comment', text: `${said.name}: ${said.comment}` } : undefined;
}

/** The lines to draw, in their order; with a text, only the tables that it finds, by name, column or comment. */
export function linesOf(
  tree: SchemaNode[], columns: Map<string, ColumnRef[]>, text: string,
  open: { schema: (schema: SchemaNode) => boolean; table: (key: string) => boolean },
): Line[] {
  const words = plain(text).split(/\s+/).filter(Boolean);
  const lines: Line[] = [];
  for (const schema of [...tree].sort((a, b) => Number(a.catalog === 'system') - Number(b.catalog === 'system'))) {
    const found = schema.objects.flatMap((table) => {
      const match = words.length === 0 ? null : matchOf(table, columns.get(keyOf(table)) ?? [], words);
      return match === undefined ? [] : [{ table, match }];
    });
    if (words.length > 0 && found.length === 0) continue;
    const shown = words.length > 0 || open.schema(schema);
    lines.push({ kind: 'schema', key: `${schema.catalog}.${schema.schema}`, level: 1, schema: { ...schema, objects: found.map((one) => one.table) }, open: shown });
    if (!shown) continue;
    for (const { table, match } of found) {
      const key = keyOf(table);
      const unfolded = open.table(key);
      lines.push({ kind: 'table', key, level: 2, table, open: unfolded, match });
      if (unfolded) for (const column of columns.get(key) ?? []) lines.push({ kind: 'column', key: `${key}.${column.name}`, level: 3, column });
    }
  }
  return lines;
}
