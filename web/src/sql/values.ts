const NUMERIC = /^(?:U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?|DECIMAL.*|DOUBLE|FLOAT|REAL)$/;

export function numeric(type: string): boolean {
  return NUMERIC.test(type);
}

/** A value as text, exactly; null for null. */
export function textOf(value: unknown, type: string): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'object') return JSON.stringify(value);
  if (typeof value === 'string' && type.startsWith('TIMESTAMP')) {
    return value.replace('T', ' ').replace(/(\.\d*?)0+(Z?)$/, '$1$2');
  }
  return String(value);
}

/** The type as shown: without the words nobody needs. */
export function typeName(type: string): string {
  return type.replaceAll('"', '').replace('TIMESTAMP WITH TIME ZONE', 'TIMESTAMPTZ').toLowerCase();
}
