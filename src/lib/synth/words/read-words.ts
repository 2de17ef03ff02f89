import { EFFECT_WORDS } from './effect-words.ts';
import { moodValueOf } from './mood-words.ts';
import { MODIFIERS, type Modifier } from './modifiers.ts';
import { PhraseTable } from './phrase-table.ts';
import { SCENES } from './scene-words.ts';
import { SILENT_WORDS } from './silent-words.ts';
import { tokensOf, type Token } from './tokens.ts';
import type { Wish } from './wish.ts';

/** What a text asks for. */
export interface Reading {
  wishes: Wish[];
  /** Sounds that the text excludes. */
  unwanted: string[];
  /** Words as written that nothing could be made of. */
  unknownWords: string[];
}

type Meaning =
  | { kind: 'sound' | 'scene'; sounds: readonly string[] }
  | { kind: 'modifier'; modifier: Modifier }
  | { kind: 'silent' };

/** A modifier counts for the next thing named within so many words. */
const REACH = 3;

const table = new PhraseTable<Meaning>();
for (const [recipe, words] of Object.entries(EFFECT_WORDS))
  table.add(words, { kind: 'sound', sounds: [recipe] });
for (const { words, sounds } of SCENES) table.add(words, { kind: 'scene', sounds });
for (const [words, modifier] of MODIFIERS) table.add(words, { kind: 'modifier', modifier });
table.add(SILENT_WORDS, { kind: 'silent' });

/** Reads the sounds, places, and modifiers in a text in English, German or Italian. */
export function readWords(text: string): Reading {
  const tokens = tokensOf(text);
  const reading: Reading = { wishes: [], unwanted: [], unknownWords: [] };
  let modifier: Modifier = {};
  let wordsLeft = 0;
  for (let at = 0; at < tokens.length;) {
    const token = tokens[at]!;
    if (token.isAfterBreak || wordsLeft-- <= 0) modifier = {};
    const match = table.match(tokens, at);
    if (!match) {
      if (isWorthReporting(token)) reading.unknownWords.push(token.written);
      at++;
      continue;
    }
    for (const meaning of match.entries) {
      if (meaning.kind === 'modifier') {
        modifier = { ...modifier, ...meaning.modifier };
        wordsLeft = REACH;
      } else if (meaning.kind !== 'silent') {
        const because = tokens
          .slice(at, at + match.length)
          .map(({ written }) => written)
          .join(' ');
        collect(reading, meaning, because, modifier);
      }
    }
    at += match.length;
  }
  reading.unknownWords = [...new Set(reading.unknownWords)];
  return reading;
}

function collect(
  reading: Reading,
  meaning: { kind: 'sound' | 'scene'; sounds: readonly string[] },
  because: string,
  modifier: Modifier,
): void {
  meaning.sounds.forEach((sound, rank) => {
    const [recipe = '', distance] = sound.split('@');
    if (modifier.isNegative) {
      reading.unwanted.push(recipe);
      return;
    }
    reading.wishes.push({
      recipe,
      because,
      weight: (meaning.kind === 'sound' ? 1 : 0.8) - 0.15 * rank,
      gainDb: (modifier.gainDb ?? 0) - 3 * rank,
      intensity: modifier.intensity ?? null,
      distance: modifier.distance ?? (distance === undefined ? null : Number(distance)),
    });
  });
}

function isWorthReporting({ word }: Token): boolean {
  return word.length > 2 && !/^\d+$/.test(word) && moodValueOf(word) === null;
}
