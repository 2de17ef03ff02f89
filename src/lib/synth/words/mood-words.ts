import type { Mood } from '#lib/job/mood.ts';
import { MOOD_LEXICON } from './mood-lexicon.ts';
import { PhraseTable } from './phrase-table.ts';
import { normalized, tokensOf } from './tokens.ts';

const table = new PhraseTable<Mood>();
for (const [valence, arousal, words] of MOOD_LEXICON) table.add(words, { valence, arousal });

const NEGATIONS = new Set(
  'no not never without neither nor isn t aren wasn don doesn kein keine keinen nicht ohne nie non senza nessun nessuna mai'.split(
    ' ',
  ),
);
const STRONG = new Set(
  'very extremely so really deeply utterly highly incredibly sehr extrem ausserst total unglaublich molto estremamente davvero tanto assai'.split(
    ' ',
  ),
);
const WEAK = new Set(
  'slightly somewhat rather fairly mildly little bit quite etwas leicht ein wenig ziemlich poco leggermente abbastanza alquanto'.split(
    ' ',
  ),
);
/** Negations and intensifiers apply to a mood word that follows within this many words. */
const REACH = 3;

/** The mood of one word in English, German or Italian; null when it is not a mood word. */
export function moodValueOf(word: string): Mood | null {
  const [token] = tokensOf(normalized(word));
  return token ? (table.match([token], 0)?.entries[0] ?? null) : null;
}

/**
 * The mean mood of the mood words of a text; null when it has none. "Not" inverts and attenuates a mood (valence ×
 * -0.6, arousal × -0.4), "very" multiplies it by 1.3, "slightly" by 0.6.
 */
export function moodOfWords(text: string): Mood | null {
  const tokens = tokensOf(text);
  let valence = 0;
  let arousal = 0;
  let total = 0;
  for (let at = 0; at < tokens.length; at++) {
    const found = table.match(tokens, at)?.entries[0];
    if (!found) continue;
    let factor = 1;
    let isNegated = false;
    for (let k = at - 1; k >= Math.max(0, at - REACH) && !tokens[k + 1]!.isAfterBreak; k--) {
      const { word } = tokens[k]!;
      if (NEGATIONS.has(word)) isNegated = !isNegated;
      else if (STRONG.has(word)) factor = 1.3;
      else if (WEAK.has(word)) factor = 0.6;
    }
    valence += found.valence * factor * (isNegated ? -0.6 : 1);
    arousal += found.arousal * factor * (isNegated ? -0.4 : 1);
    total++;
  }
  if (total === 0) return null;
  return { valence: bounded(valence / total), arousal: bounded(arousal / total) };
}

function bounded(x: number): number {
  return x < -1 ? -1 : x > 1 ? 1 : x;
}
