import { describe, expect, it } from 'vitest';
import { mended, mends, placeOf } from './errorPlace';

const error = (message: string, details?: Record<string, unknown>) => ({ code: 'X', message, retryable: false, details }) as never;

it('a parameter is found where it stands', () => {
  const text = "select '$since', $sinceWhen, x from t where d >= $since";
  expect(placeOf(error('The value of the parameter $since is not a DATE.', { parameter: 'since' }), text)).toEqual({ from: text.length - 6, to: text.length });
});

describe('placeOf', () => {
  it('finds a named column, not the same letters in a string or inside another word', () => {
    const sql = "select 'montnat', montnats,\n  montnat from t";
    const place = placeOf(error('no', { name: 'montnat' }), sql)!;
    expect(sql.slice(place.from, place.to)).toBe('montnat');
    expect(place.from).toBe(sql.indexOf('\n') + 3);
  });
  it('finds a table named in the message, written short', () => {
    const sql = 'select * from demo.ordres';
    const place = placeOf(error('There is no table or view lake.demo.ordres.'), sql)!;
    expect(sql.slice(place.from, place.to)).toBe('demo.ordres');
  });
  it('takes a position', () => {
    expect(placeOf(error('x', { position: 0 }), 'selec 1')).toEqual({ from: 0, to: 5 });
  });
  it('finds nothing rather than something wrong', () => {
    expect(placeOf(error('Division by zero.'), 'select 1/0')).toBeUndefined();
  });
});

describe('mends', () => {
  it('reads the proposals', () => {
    expect(mends(error('Column "a" not found. Did you mean "quantity", "discount"?'))).toEqual(['quantity', 'discount']);
    expect(mends(error("There is no table x. Did you mean 'orders'? SHOW TABLES lists 'more'."))).toEqual(['orders']);
    expect(mends(error('Nothing.'))).toEqual([]);
  });
  it('replaces the last part of a dotted name', () => {
    expect(mended('lake.demo.ordres', 'orders')).toBe('lake.demo.orders');
    expect(mended('montnat', 'montant')).toBe('montant');
  });
});
