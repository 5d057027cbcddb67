import { describe, expect, it } from 'vitest';
import { split, statementAt } from './statementText';

describe('split', () => {
  it('cuts at semicolons between statements only', () => {
    const text = "select ';' as \"a;b\"; -- one; two\nselect /* ; */ $$ ; $$ ;\n\n;";
    expect(split(text).map((piece) => piece.text)).toEqual(["select ';' as \"a;b\"", '-- one; two\nselect /* ; */ $$ ; $$']);
  });
  it('keeps the place of each statement', () => {
    const text = '  select 1;\n\n select 2 ';
    for (const piece of split(text)) expect(text.slice(piece.from, piece.to)).toBe(piece.text);
  });
  it('takes an unfinished string to the end', () => {
    expect(split("select 'a; b")).toHaveLength(1);
  });
  it('doubled quotes do not end a string', () => {
    expect(split("select 'it''s; here'; select 2")).toHaveLength(2);
  });
});

describe('statementAt', () => {
  it('finds the statement of the cursor', () => {
    const text = 'select 1;\nselect 2;\nselect 3';
    expect(statementAt(text, 0)?.text).toBe('select 1');
    expect(statementAt(text, 9)?.text).toBe('select 1');
    expect(statementAt(text, 12)?.text).toBe('select 2');
    expect(statementAt(text, text.length)?.text).toBe('select 3');
    expect(statementAt('select 1;\n\n\n', 12)?.text).toBe('select 1');
    expect(statementAt('  ', 1)).toBeUndefined();
  });
});
