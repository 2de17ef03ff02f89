import { normalized, tokensOf, type Token } from './tokens.ts';

const MAX_PHRASE_WORDS = 3;

/**
 * A table of entries by words and phrases of up to three words. A word that ends in `*` matches by prefix. The longest
 * phrase has precedence, then whole words, then the longest prefix.
 */
export class PhraseTable<Entry> {
  readonly #exact = new Map<string, Entry[]>();
  readonly #prefixes = new Map<string, Entry[]>();

  /** Adds an entry for words and phrases separated by commas. */
  add(words: string, entry: Entry): void {
    for (const raw of words.split(',')) {
      const isPrefix = raw.trimEnd().endsWith('*');
      const key = tokensOf(normalized(raw))
        .map(({ word }) => word)
        .join(' ');
      if (!key) continue;
      const map = isPrefix ? this.#prefixes : this.#exact;
      map.set(key, [...(map.get(key) ?? []), entry]);
    }
  }

  /** The entries of the phrase that begins at a token, and its length in tokens; null when there are none. */
  match(tokens: readonly Token[], start: number): { entries: readonly Entry[]; length: number } | null {
    for (let length = Math.min(MAX_PHRASE_WORDS, tokens.length - start); length > 0; length--) {
      const key = tokens
        .slice(start, start + length)
        .map(({ word }) => word)
        .join(' ');
      const entries = this.#exact.get(key) ?? (length === 1 ? this.#longestPrefix(key) : undefined);
      if (entries) return { entries, length };
    }
    return null;
  }

  #longestPrefix(word: string): Entry[] | undefined {
    for (let end = word.length; end >= 3; end--) {
      const entries = this.#prefixes.get(word.slice(0, end));
      if (entries) return entries;
    }
    return undefined;
  }
}
