export type Piece = { from: number; to: number; text: string };

/**
 * Cuts a text into statements at semicolons that stand outside strings, quoted names and comments.
 * The offsets are those of the trimmed statements.
 */
export function split(text: string): Piece[] {
  const pieces: Piece[] = [];
  let start = 0;
  let at = 0;
  const close = (end: number) => {
    const raw = text.slice(start, end);
    const trimmed = raw.trim();
    if (trimmed) {
      const from = start + raw.indexOf(trimmed);
      pieces.push({ from, to: from + trimmed.length, text: trimmed });
    }
    start = end + 1;
  };
  while (at < text.length) {
    if (text[at] === ';') {
      close(at);
      at += 1;
    } else {
      at = skip(text, at);
    }
  }
  close(text.length);
  return pieces;
}

/** Where the token at this place ends: a string, a quoted name, a comment, or one character. */
export function skip(text: string, at: number): number {
  const c = text[at]!;
  if (c === "'" || c === '"') return after(text, c, at + 1);
  if (text.startsWith('--', at)) return after(text, '\n', at + 2);
  if (text.startsWith('/*', at)) return after(text, '*/', at + 2);
  if (c === '$') {
    const tag = /^\$(?:[A-Za-z_]\w*)?\$/.exec(text.slice(at, at + 64))?.[0];
    if (tag) return after(text, tag, at + tag.length);
  }
  return at + 1;
}

function after(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length : found + mark.length;
}

/** The statement the cursor stands in or just behind; the last one before it otherwise. */
export function statementAt(text: string, cursor: number): Piece | undefined {
  const pieces = split(text);
  return pieces.find((piece) => cursor <= piece.to + 1) ?? pieces.at(-1);
}
