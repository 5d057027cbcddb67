import { useQuery } from '@tanstack/react-query';
import { useColumns, quoted, type ColumnRef } from '../api/catalog';
import { ask } from '../api/statements';
import { literal } from './connect';

export type Estimate = { value: number; low: number; high: number };
export type Report = {
  rows: number;
  skippedRows: number;
  duplicateRows: number;
  conflictingTexts: number;
  ignoredLabels: Record<string, number>;
  trainTexts: number;
  validationTexts: number;
  testTexts: number;
  accuracy: Estimate;
  macroF1: Estimate;
  baseline: number;
  labels: { label: string; texts: number; precision: number; recall: number; f1: number; support: number }[];
  confusion: { actual: string; predicted: string; count: number }[];
  abstention: { precisionTarget: number; threshold: number; reached: boolean; answered: number; precision: Estimate };
};
export type OwnModel = {
  catalog: string;
  schema: string;
  name: string;
  version: number;
  current: boolean;
  predicting: string;
  source: string;
  createdAt: string;
  createdBy: string;
  report: Report;
};

/** Every version of every model trained here, newest first. */
export function useOwnModels() {
  return useQuery({
    queryKey: ['catalog', 'models'],
    queryFn: async ({ signal }) =>
      (
        await ask(
          'SELECT catalog, schema, name, version, is_current, predicting, source, created_at, created_by, report FROM system.ai.models ORDER BY catalog, schema, name, version DESC',
          signal,
        )
      ).map(
        (row): OwnModel => ({
          catalog: String(row[0]), schema: String(row[1]), name: String(row[2]), version: Number(row[3]), current: row[4] === true, predicting: String(row[5]),
          source: String(row[6]), createdAt: String(row[7]), createdBy: String(row[8]), report: JSON.parse(String(row[9])) as Report,
        }),
      ),
  });
}

export function modelPath(model: { catalog: string; schema: string; name: string }): string {
  return `/models/${[model.catalog, model.schema, model.name].map(encodeURIComponent).join('/')}`;
}

/** The name that statements give as `model`. */
export function served(model: { catalog: string; schema: string; name: string }): string {
  return `${model.catalog}.${model.schema}.${model.name}`;
}

export function classify(model: OwnModel, text: string): string {
  const labels = model.report.labels.map((one) => literal(one.label)).join(', ');
  return `ai_classify(${text}, [${labels}], model => ${literal(served(model))})`;
}

const TEXTS = /^(text|texte|body|corps|message|note|notes|comment|commentaire|description|content|contenu|subject|objet|avis|review)$/i;
const LABELS = /^(label|topic|sujet|theme|category|categorie|catégorie|class|classe|kind|type|status|statut|priority|priorite|queue|language)$/i;

type Table = { catalog: string; schema: string; table: string; columns: ColumnRef[] };

function ownTables(columns: ColumnRef[]): Table[] {
  const tables = new Map<string, Table>();
  for (const column of columns) {
    if (column.catalog === 'system' || column.schema === 'information_schema' || column.type !== 'VARCHAR') continue;
    const key = `${column.catalog}.${column.schema}.${column.table}`;
    const table = tables.get(key) ?? { catalog: column.catalog, schema: column.schema, table: column.table, columns: [] };
    table.columns.push(column);
    tables.set(key, table);
  }
  return [...tables.values()];
}

function sqlOf(table: Table): string {
  return [table.catalog, table.schema, table.table].map(quoted).join('.');
}

/** A table with a column of text, for a first statement with a model. */
export function useTextColumn(): { table: string; column: string } | null {
  const tables = ownTables(useColumns().data ?? []);
  const best = tables.find((table) => table.columns.some((column) => TEXTS.test(column.name))) ?? tables[0];
  if (!best) return null;
  const column = best.columns.find((one) => TEXTS.test(one.name)) ?? best.columns[0]!;
  return { table: sqlOf(best), column: quoted(column.name) };
}

/** A table from which something could be learnt: a text, and what people called it. */
export function useTraining(): { table: string; statement: string } | null {
  const tables = ownTables(useColumns().data ?? []).filter((table) => table.columns.length > 1);
  const rank = (table: Table) => Number(table.columns.some((one) => TEXTS.test(one.name))) + 2 * Number(table.columns.some((one) => LABELS.test(one.name)));
  const best = [...tables].sort((a, b) => rank(b) - rank(a))[0];
  if (!best) return null;
  const label = best.columns.find((one) => LABELS.test(one.name)) ?? best.columns.at(-1)!;
  const text = best.columns.find((one) => one !== label && TEXTS.test(one.name)) ?? best.columns.find((one) => one !== label)!;
  const schema = [best.catalog, best.schema].map(quoted).join('.');
  const name = quoted(`${best.table.replace(/[^A-Za-z0-9_]/g, '_').toLowerCase()}_${label.name.replace(/[^A-Za-z0-9_]/g, '_').toLowerCase()}`);
  return {
    table: sqlOf(best),
    statement: `CREATE MODEL ${schema}.${name}\nPREDICTING ${quoted(label.name)}\nFROM (SELECT ${quoted(text.name)}, ${quoted(label.name)} FROM ${sqlOf(best)})`,
  };
}
