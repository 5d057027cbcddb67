import { describe, expect, it } from 'vitest';
import { dark, light, type Tokens } from './tokens';

/** WCAG 2.2, relative luminance. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

export function contrast(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

const grounds = ['paper', 'sand', 'hover'] as const;
const texts = ['ink', 'muted', 'tide', 'kelp', 'amber', 'rust', 'violet'] as const;

describe.each([
  ['light', light],
  ['dark', dark],
] as [string, Tokens][])('%s theme', (_, tokens) => {
  it.each(texts.flatMap((text) => grounds.map((ground) => [text, ground] as const)))('%s can be read on %s', (text, ground) => {
    expect(contrast(tokens[text], tokens[ground])).toBeGreaterThanOrEqual(4.5);
  });
  it('the chosen row and the error note can be read', () => {
    expect(contrast(tokens.ink, tokens.tideSoft)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(tokens.tide, tokens.tideSoft)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(tokens.rust, tokens.rustSoft)).toBeGreaterThanOrEqual(4.5);
  });
  it('edges of fields can be seen', () => {
    expect(contrast(tokens.field, tokens.paper)).toBeGreaterThanOrEqual(3);
  });
});
