/** A word of a text, and what it looked like. */
export interface Token {
  /** Lower case without accents: `Café` is `cafe`. */
  word: string;
  written: string;
  /** True when a full stop, a comma or the like stands before it. */
  isAfterBreak: boolean;
}

/** The words of a text in order. Hyphens part words, apostrophes end them (`dell'acqua` is `dell acqua`). */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const match of text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
    const gap = text.slice(end, match.index);
    end = match.index + match[0].length;
    tokens.push({ word: plain(match[0]), written: match[0], isAfterBreak: /[.,;:!?\n()]/.test(gap) });
  }
  return tokens;
}

/** Lower case, accents taken away, ß as ss. */
export function plain(text: string): string {
  return text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replace(/ß/g, 'ss');
}
