/** A word of a text. */
export interface Token {
  /** Normalised: `cafe` for `Café`. */
  word: string;
  /** As in the text. */
  written: string;
  /** True when punctuation or a line break precedes it. */
  isAfterBreak: boolean;
}

/** The words of a text in order. Hyphens and apostrophes separate words: `dell'acqua` is `dell acqua`. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const match of text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
    const gap = text.slice(end, match.index);
    end = match.index + match[0].length;
    tokens.push({ word: normalized(match[0]), written: match[0], isAfterBreak: /[.,;:!?\n()]/.test(gap) });
  }
  return tokens;
}

/** Lower case, without diacritics, ß as ss. */
export function normalized(text: string): string {
  return text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replace(/ß/g, 'ss');
}
