import { expect, it } from 'vitest';
import type { ColumnRef, SchemaNode } from '../api/catalog';
import { columnsByTable, linesOf } from './tree';

const table = (name: string, comment?: string) => ({ catalog: 'lake', schema: 'default', name, kind: 'table', comment });
const column = (of: string, name: string, comment?: string): ColumnRef => ({ catalog: 'lake', schema: 'default', table: of, name, type: 'VARCHAR', comment });
const tree: SchemaNode[] = [
  { catalog: 'system', schema: 'query', objects: [{ catalog: 'system', schema: 'query', name: 'history', kind: 'table' }] },
  { catalog: 'lake', schema: 'default', objects: [table('Marées'), table('ventes', 'Chiffre d’affaires'), table('clients')] },
];
const columns = columnsByTable([column('clients', 'Prénom'), column('ventes', 'm', 'montant hors taxe')]);
const found = (text: string, unfolded = false) =>
  linesOf(tree, columns, text, { schema: (schema) => schema.catalog !== 'system', table: () => unfolded })
    .flatMap((line) => (line.kind === 'table' ? [`${line.table.name}${line.match ? ` (${line.match.kind} ${line.match.text})` : ''}`] : []));

it('finds names, columns and comments, without accents and case, and says why', () => {
  expect(found('MAREE')).toEqual(['Marées']);
  expect(found('prenom')).toEqual(['clients (column Prénom)']);
  expect(found('affaires')).toEqual(['ventes (comment Chiffre d’affaires)']);
  expect(found('hors TAXE')).toEqual(['ventes (comment m: montant hors taxe)']);
  expect(found('hist')).toEqual(['history']);
  expect(found('<script>')).toEqual([]);
});

it('puts what is the user’s first, and folds what is folded', () => {
  expect(found('')).toEqual(['Marées', 'ventes', 'clients']);
  const lines = linesOf(tree, columns, '', { schema: () => true, table: (key) => key.endsWith('clients') });
  expect(lines.map((line) => line.key)).toEqual(['lake.default', 'lake.default.Marées', 'lake.default.ventes', 'lake.default.clients', 'lake.default.clients.Prénom', 'system.query', 'system.query.history']);
});
