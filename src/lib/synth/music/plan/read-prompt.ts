import { wordMeaning } from './prompt-words.ts';

/** What the prompts say about the music. */
export interface PromptReading {
  /** Sum of the weights of the words for and against each style. */
  styles: ReadonlyMap<string, number>;
  /** Instruments that are named and not excluded, in the order of the words. */
  instruments: readonly string[];
  excludedInstruments: ReadonlySet<string>;
  /** Mean valence and arousal of the mood words, and how many there were. */
  valence: number;
  arousal: number;
  moodWords: number;
  /** Factor on the tempo, 0.8 … 1.25. */
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

/**
 * Reads the prompts word by word. After a negation the next known word of the same clause counts against what it names;
 * so does every word of the negative prompt.
 */
export function readPrompt(prompt: string, negativePrompt: string): PromptReading {
  const styles = new Map<string, number>();
  const named: string[] = [];
  const excludedInstruments = new Set<string>();
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
          if (isNegated) excludedInstruments.add(name);
          else named.push(name);
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
    instruments: named.filter((name) => !excludedInstruments.has(name)),
    excludedInstruments,
    valence: valence / count,
    arousal: arousal / count,
    moodWords,
    tempo: Math.min(1.25, Math.max(0.8, tempo)),
  };
}
