/** Without accents and case. */
export function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** How well a text answers what was typed: lower is nearer, null is not at all. Both are plain already. */
function distance(text: string, word: string): number | null {
  const at = text.indexOf(word);
  if (at === 0) return 0;
  if (at > 0) return /[^\p{L}\p{N}]/u.test(text[at - 1]!) ? 1 : 2;
  return word.length > 2 && spread(text, word) ? 4 : null;
}

/** Whether the letters come in this order, the first at the start of a word. */
function spread(text: string, word: string): boolean {
  for (let start = text.indexOf(word[0]!); start >= 0; start = text.indexOf(word[0]!, start + 1)) {
    if (start > 0 && /[\p{L}\p{N}]/u.test(text[start - 1]!)) continue;
    let at = start;
    for (const letter of word.slice(1)) {
      at = text.indexOf(letter, at + 1);
      if (at < 0) break;
    }
    if (at >= 0) return true;
  }
  return false;
}

/** The entries that have every word, the nearest first; those equally near keep their order. */
export function search<T extends { label: string; kind: string; also?: string }>(entries: T[], typed: string): T[] {
  const words = plain(typed).split(/\s+/).filter(Boolean);
  if (words.length === 0) return entries;
  const found: { entry: T; far: number; at: number }[] = [];
  entries.forEach((entry, at) => {
    const label = plain(entry.label);
    const around = plain(`${entry.kind}.${entry.label}`);
    const also = plain(entry.also ?? '');
    let far = 0;
    for (const word of words) {
      const near = distance(label, word) ?? (around.includes(word) ? 3 : also.includes(word) ? 6 : null);
      if (near === null) return;
      far += near;
    }
    found.push({ entry, far, at });
  });
  return found.sort((a, b) => a.far - b.far || a.at - b.at).map((one) => one.entry);
}
