import { describe, expect, it } from 'vitest';
import { callsAi, fits, parametersOf, typed, values } from './parameters';

const names = (text: string) => parametersOf(text).map((one) => one.name);

describe('parameters', () => {
  it('are names after a dollar, each once, in order', () => {
    expect(names('select $b, $a + $b where x = $1')).toEqual(['b', 'a', '1']);
    expect(parametersOf('select $since::date, $n')).toEqual([{ name: 'since', type: 'DATE' }, { name: 'n' }]);
  });
  it('are nothing inside strings, names, comments and dollar quotes', () => {
    expect(names(`select '$a', "$b", $$ $c $$, $tag$ $d $tag$ -- $e\n /* $f */ , $g`)).toEqual(['g']);
    expect(names('select price$a, $ a, $, x$1')).toEqual([]);
  });
  it('send text as it is, and numbers with a point', () => {
    expect(typed({ type: 'VARCHAR', value: "'; drop table t; --" })).toEqual({ type: 'VARCHAR', value: "'; drop table t; --" });
    expect(typed({ type: 'DECIMAL', value: '1 234,50' })).toEqual({ type: 'DECIMAL', value: '1234.50' });
    expect(typed({ type: 'TIMESTAMP', value: '2025-01-31T10:00' })).toEqual({ type: 'TIMESTAMP', value: '2025-01-31 10:00' });
    expect(fits({ type: 'BIGINT', value: '12,5' })).toBe(false);
    expect(fits({ type: 'DECIMAL', value: '12,5' })).toBe(true);
  });
  it('are missing when empty, and NULL only when told so', () => {
    const given = { a: { type: 'DATE', value: '' }, b: { type: 'DATE', value: '2025-01-31', none: true } } as const;
    expect(values(['a', 'b', 'constructor'], given)).toEqual({ ready: { b: { type: 'DATE', value: null } }, missing: ['a', 'constructor'] });
  });
});

describe('AI functions', () => {
  it('count where they are called', () => {
    expect(callsAi("select ai_mask(t, ['phone'])")).toBe(true);
    expect(callsAi('select AI_QUERY (1)')).toBe(true);
    expect(callsAi("select 'ai_mask(t)', \"ai_mask(\", my_ai_mask(t) -- ai_mask(t)")).toBe(false);
    expect(callsAi('select ai_mask from t')).toBe(false);
  });
});
