import { expect, it } from 'vitest';
import { search } from './search';

const entries = ['Données', 'SQL', 'ventes_2025', 'inventaire', 'Se déconnecter', 'Thème sombre'].map((label) => ({ label, kind: 'lake.default' }));
const labels = (typed: string) => search(entries, typed).map((entry) => entry.label);

it('ignores accents and case', () => {
  expect(labels('donnees')).toEqual(['Données']);
  expect(labels('THEME')).toEqual(['Thème sombre']);
  expect(labels('thème')).toEqual(['Thème sombre']);
});

it('puts a beginning before a middle, and letters in order last', () => {
  expect(labels('vent')).toEqual(['ventes_2025', 'inventaire']);
  expect(labels('vt25')).toEqual(['ventes_2025']);
  expect(labels('dcn')).toEqual(['Se déconnecter']);
});

it('needs every word, which may stand in the kind', () => {
  expect(labels('lake ventes')).toEqual(['ventes_2025']);
  expect(labels('ventes nothing')).toEqual([]);
  expect(labels('  ')).toHaveLength(entries.length);
});

it('looks into what is there to be searched last', () => {
  const found = search([{ label: 'Aide', kind: '', also: 'arrêter le serveur' }, { label: 'Serveur', kind: '' }], 'serveur');
  expect(found.map((entry) => entry.label)).toEqual(['Serveur', 'Aide']);
});
