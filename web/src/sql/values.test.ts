import { expect, it } from 'vitest';
import { numeric, textOf } from './values';

it('numbers are told from text by their type', () => {
  expect(['BIGINT', 'INTEGER', 'UTINYINT', 'HUGEINT', 'DECIMAL(18,2)', 'DOUBLE'].every(numeric)).toBe(true);
  expect(['VARCHAR', 'INTERVAL', 'INTEGER[]', 'DATE', 'BOOLEAN'].some(numeric)).toBe(false);
});

it('values keep every digit', () => {
  expect(textOf('12345678901234567890', 'HUGEINT')).toBe('12345678901234567890');
  expect(textOf('1.50', 'DECIMAL(10,2)')).toBe('1.50');
  expect(textOf('2025-01-01T09:04:26', 'TIMESTAMP')).toBe('2025-01-01 09:04:26');
  expect(textOf(null, 'VARCHAR')).toBeNull();
  expect(textOf({ a: [1] }, 'STRUCT(a INTEGER[])')).toBe('{"a":[1]}');
});
