import { plain, tokensOf, type Token } from './tokens.ts';

const LONGEST_PHRASE = 3;

/**
 * Finds entries by words and short phrases. A word that ends in `*` stands for everything that begins so;
 * what is written out beats what begins so, and the longest phrase beats both.
 */
export class PhraseTable<Entry> {
  readonly #exact = new Map<string, Entry[]>();
  readonly #beginnings = new Map<string, Entry[]>();

  /** Adds words parted by commas. */
  add(words: string, entry: Entry): void {
    for (const raw of words.split(',')) {
      const isBeginning = raw.trimEnd().endsWith('*');
      const key = tokensOf(plain(raw))
        .map(({ word }) => word)
        .join(' ');
      if (!key) continue;
      const map = isBeginning ? this.#beginnings : this.#exact;
      map.set(key, [...(map.get(key) ?? []), entry]);
    }
  }

  /** What begins at a token: the entries and how many tokens they take, or null. */
  match(tokens: readonly Token[], start: number): { entries: readonly Entry[]; length: number } | null {
    for (let length = Math.min(LONGEST_PHRASE, tokens.length - start); length > 0; length--) {
      const key = tokens
        .slice(start, start + length)
        .map(({ word }) => word)
        .join(' ');
      const entries = this.#exact.get(key) ?? (length === 1 ? this.#longestBeginning(key) : undefined);
      if (entries) return { entries, length };
    }
    return null;
  }

  #longestBeginning(word: string): Entry[] | undefined {
    for (let end = word.length; end >= 3; end--) {
      const entries = this.#beginnings.get(word.slice(0, end));
      if (entries) return entries;
    }
    return undefined;
  }
}
