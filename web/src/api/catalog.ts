import { queryOptions, useQuery } from '@tanstack/react-query';
import { call, type Schemas } from './client';
import { ask } from './statements';

export type TableRef = { catalog: string; schema: string; name: string; kind: string; comment?: string };
export type SchemaNode = { catalog: string; schema: string; objects: TableRef[] };
export type ColumnRef = { catalog: string; schema: string; table: string; name: string; type: string; comment?: string };
export type Table = Schemas['Table'];
export type Version = NonNullable<Schemas['History']['versions']>[number];

const part = encodeURIComponent;

async function tree(signal: AbortSignal): Promise<SchemaNode[]> {
  const { catalogs } = await call<Schemas['Catalogs']>('GET', '/api/v1/catalogs', undefined, signal);
  const found = await Promise.all(
    (catalogs ?? []).map(async ({ name: catalog = '' }) => {
      const base = `/api/v1/catalogs/${part(catalog)}/schemas`;
      const { schemas } = await call<Schemas['Schemas']>('GET', base, undefined, signal);
      return Promise.all(
        (schemas ?? []).map(async ({ name: schema = '' }) => {
          const { objects } = await call<Schemas['Objects']>('GET', `${base}/${part(schema)}/objects`, undefined, signal);
          return {
            catalog,
            schema,
            objects: (objects ?? []).map((entry) => ({ catalog, schema, name: entry.name ?? '', kind: entry.kind ?? 'table', comment: entry.comment ?? undefined })),
          };
        }),
      );
    }),
  );
  return found.flat();
}

export const treeQuery = queryOptions({ queryKey: ['catalog', 'tree'], queryFn: ({ signal }) => tree(signal), staleTime: 15_000 });

export function useTree() {
  return useQuery(treeQuery);
}

/** All columns at once, for completion and the tree. */
export function useColumns() {
  return useQuery({
    queryKey: ['catalog', 'columns'],
    staleTime: 15_000,
    queryFn: async ({ signal }) => {
      const found = await ask(
        'SELECT table_catalog, table_schema, table_name, column_name, data_type, comment FROM system.information_schema.columns' +
          ' ORDER BY table_catalog, table_schema, table_name, ordinal_position LIMIT 50000',
        signal,
      );
      return found.map(([catalog, schema, table, name, type, comment]) => ({ catalog, schema, table, name, type, comment: comment ?? undefined }) as ColumnRef);
    },
  });
}

export function useFunctions() {
  return useQuery({
    queryKey: ['functions'],
    staleTime: Infinity,
    queryFn: async ({ signal }) => (await ask('SHOW FUNCTIONS', signal)).map((row) => String(row[0])),
  });
}

function path(table: Omit<TableRef, 'kind'>): string {
  return `/api/v1/catalogs/${part(table.catalog)}/schemas/${part(table.schema)}/tables/${part(table.name)}`;
}

export function useTable(table: Omit<TableRef, 'kind'>) {
  return useQuery({
    queryKey: ['catalog', 'table', path(table)],
    queryFn: ({ signal }) => call<Table>('GET', path(table), undefined, signal),
  });
}

export function useView(view: Omit<TableRef, 'kind'>) {
  const at = path(view).replace(/\/tables\/([^/]*)$/, '/views/$1');
  return useQuery({ queryKey: ['catalog', 'view', at], queryFn: ({ signal }) => call<Schemas['View']>('GET', at, undefined, signal) });
}

export function useHistory(table: Omit<TableRef, 'kind'>) {
  return useQuery({
    queryKey: ['catalog', 'history', path(table)],
    queryFn: async ({ signal }) => (await call<Schemas['History']>('GET', `${path(table)}/history`, undefined, signal)).versions ?? [],
  });
}

/** A text as it stands in SQL. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A name as it stands in SQL, quoted where it must be. */
export function quoted(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

export function sqlName(table: Omit<TableRef, 'kind'>): string {
  return [table.catalog, table.schema, table.name].map(quoted).join('.');
}
