import { wordMeaning } from './prompt-words.ts';

/** What a prompt asks of the music. */
export interface PromptReading {
  styles: ReadonlyMap<string, number>;
  wanted: readonly string[];
  unwanted: ReadonlySet<string>;
  /** Mean of the mood words, and how many there were. */
  valence: number;
  arousal: number;
  moodWords: number;
  tempo: number;
}

const NEGATIONS = new Set([
  'no',
  'not',
  'without',
  'never',
  'less',
  'ohne',
  'kein',
  'keine',
  'sin',
  'sans',
  'pas',
  'senza',
]);

/** Reads a prompt word by word; after a negation the next meaningful word of the same clause counts against. */
export function readPrompt(prompt: string, negativePrompt: string): PromptReading {
  const styles = new Map<string, number>();
  const wanted: string[] = [];
  const unwanted = new Set<string>();
  let valence = 0;
  let arousal = 0;
  let moodWords = 0;
  let tempo = 1;
  const read = (text: string, isAgainst: boolean): void => {
    for (const clause of text
      .toLowerCase()
      .replaceAll('music box', 'music-box')
      .replaceAll('hip hop', 'hip-hop')
      .split(/[,.;:!?\n]+/)) {
      let isNegated = isAgainst;
      for (const word of clause.match(/[\p{L}\p{N}-]+/gu) ?? []) {
        if (NEGATIONS.has(word)) isNegated = true;
        const meaning = wordMeaning(word);
        if (!meaning) continue;
        const sign = isNegated ? -1 : 1;
        for (const [style, weight] of Object.entries(meaning.styles ?? {}))
          styles.set(style, (styles.get(style) ?? 0) + sign * weight);
        for (const name of meaning.instruments ?? []) {
          if (isNegated) unwanted.add(name);
          else wanted.push(name);
        }
        if (meaning.valence !== undefined && meaning.arousal !== undefined) {
          valence += sign * meaning.valence;
          arousal += sign * meaning.arousal;
          moodWords++;
        }
        if (!isNegated) tempo *= meaning.tempo ?? 1;
        if (!isAgainst && !meaning.instruments) isNegated = false;
      }
    }
  };
  read(prompt, false);
  read(negativePrompt, true);
  const count = Math.max(1, moodWords);
  return {
    styles,
    wanted: wanted.filter((name) => !unwanted.has(name)),
    unwanted,
    valence: valence / count,
    arousal: arousal / count,
    moodWords,
    tempo: Math.min(1.25, Math.max(0.8, tempo)),
  };
}
