import { describe, expect, it } from 'vitest';
import { decimal, free, nameFor, secretOf, statements, type Draft } from './connect';
import type { Connection, Endpoint } from './queries';
import { counts, wilson } from './report';
import type { Report } from './ownModels';

const draft: Draft = { name: 'north', url: ' https://api.example.com/v1 ', model: 'large', way: 'paste', key: 'sk-key', variable: '', zones: 'eu, on-prem', priceInput: '0,40', priceOutput: '1.6', currency: 'EUR' };

describe('the statements of the form', () => {
  it('name the secret and never hold the key', () => {
    const [connection, endpoint] = statements(draft, secretOf(draft, 'north', null), null);
    expect(connection).toBe("CREATE CONNECTION north WITH (\n  provider => 'openai_compatible',\n  url => 'https://api.example.com/v1',\n  secret => 'secret:north',\n  zones => ['eu', 'on-prem'])");
    expect(endpoint).toBe("CREATE ENDPOINT north WITH (\n  served => [{'connection': 'north', 'model': 'large', 'weight': 1, 'price': {'input': 0.40, 'output': 1.6, 'currency': 'EUR'}}])");
  });
  it('keep what the form does not show', () => {
    const endpoint: Endpoint = { name: 'north', connection: 'shared', model: 'old', version: '2026-10', priceInput: null, priceOutput: null, currency: null, parameters: { temperature: 0.2, stop: ['a', "b'"] }, systemPrompt: "It's terse.", zones: ['eu'], simulated: true, isDefault: false };
    const connection: Connection = { name: 'shared', provider: 'openai', url: 'x', secret: 'env:KEY', zones: [], terms: { licence: 'l', uses: ['a'] } };
    const [first, second] = statements({ ...draft, way: 'keep', priceInput: '', zones: '' }, secretOf({ ...draft, way: 'keep' }, 'north', connection.secret), { endpoint, connection });
    expect(first).toContain('CREATE OR REPLACE CONNECTION shared');
    expect(first).toContain("secret => 'env:KEY'");
    expect(first).toContain("terms => {'licence': 'l', 'uses': ['a']}");
    expect(second).toContain("'version': '2026-10'}]");
    expect(second).toContain("parameters => {'temperature': 0.2, 'stop': ['a', 'b''']}");
    expect(second).toContain("system_prompt => 'It''s terse.'");
    expect(second).toContain('simulated => true');
  });
  it('hold hostile values as literals', () => {
    const [connection] = statements({ ...draft, url: "https://x/'); DROP TABLE t; --", zones: '' }, null, null);
    expect(connection).toContain("'https://x/''); DROP TABLE t; --'");
  });
});

describe('what people type', () => {
  it('prices with a comma or a point, and nothing else', () => {
    expect(['0,40', '1.60', '12'].map(decimal)).toEqual(['0.40', '1.60', '12']);
    expect(['', '-1', '1e3', '1.2.3', 'free', '0.1234567'].map(decimal)).toEqual([null, null, null, null, null, null]);
  });
  it('names for models', () => {
    expect(nameFor('mistralai/Mistral-Small-3.1:24b', [])).toBe('mistral-small-3-1');
    expect(nameFor('4o', [])).toBe('o');
    expect(nameFor('', ['a'])).toBe('');
    expect(free('a', ['a', 'a-2'])).toBe('a-3');
  });
});

describe('the report', () => {
  it('intervals are those of the server', () => {
    const { low, high } = wilson(251, 299);
    expect(low).toBeCloseTo(0.794, 3);
    expect(high).toBeCloseTo(0.877, 3);
    expect(wilson(0, 0)).toEqual({ value: 0, low: 0, high: 1 });
  });
  it('precision counts what was given, rightly or not', () => {
    const report = { confusion: [{ actual: 'a', predicted: 'a', count: 3 }, { actual: 'b', predicted: 'a', count: 1 }, { actual: 'b', predicted: 'b', count: 2 }] } as Report;
    const { right, given } = counts(report);
    expect([right('a'), given('a'), right('b'), given('b'), given('c')]).toEqual([3, 4, 2, 2, 0]);
  });
});
