import { EFFECT_WORDS } from './effect-words.ts';
import { moodValueOf } from './mood-words.ts';
import { MODIFIERS, type Modifier } from './modifiers.ts';
import { PhraseTable } from './phrase-table.ts';
import { SCENES } from './scene-words.ts';
import { STOP_WORDS } from './stop-words.ts';
import { tokensOf, type Token } from './tokens.ts';

/** A sound that a text mentions, with what the words around it say about it. */
export interface SoundMention {
  /** Name of the sound. */
  recipe: string;
  /** The words that name it, as written. */
  because: string;
  /** Priority, 0 … 1: 1 for a word that names the sound, less for one that names a place where it is heard. */
  weight: number;
  /** Level relative to the sound's usual one, dB. */
  gainDb: number;
  /** 0 … 1, or null when the text doesn't say. */
  intensity: number | null;
  /** 0 … 1, or null when the text doesn't say. */
  distance: number | null;
}

/** What a text says about sounds. */
export interface EffectsReading {
  mentions: SoundMention[];
  /** Sounds that the text excludes. */
  excluded: string[];
  /** Words, as written, that no table knows. */
  unknownWords: string[];
}

type Meaning =
  | { kind: 'sound' | 'scene'; sounds: readonly string[] }
  | { kind: 'modifier'; modifier: Modifier }
  | { kind: 'stop' };

/** A modifier applies to the next sound named within this many words. */
const REACH = 3;

const table = new PhraseTable<Meaning>();
for (const [recipe, words] of Object.entries(EFFECT_WORDS))
  table.add(words, { kind: 'sound', sounds: [recipe] });
for (const { words, sounds } of SCENES) table.add(words, { kind: 'scene', sounds });
for (const [words, modifier] of MODIFIERS) table.add(words, { kind: 'modifier', modifier });
table.add(STOP_WORDS, { kind: 'stop' });

/** Reads the sounds, places and modifiers in a text in English, German or Italian. */
export function readWords(text: string): EffectsReading {
  const tokens = tokensOf(text);
  const reading: EffectsReading = { mentions: [], excluded: [], unknownWords: [] };
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
      } else if (meaning.kind !== 'stop') {
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
  reading: EffectsReading,
  meaning: { kind: 'sound' | 'scene'; sounds: readonly string[] },
  because: string,
  modifier: Modifier,
): void {
  meaning.sounds.forEach((sound, rank) => {
    const [recipe = '', distance] = sound.split('@');
    if (modifier.isNegative) {
      reading.excluded.push(recipe);
      return;
    }
    reading.mentions.push({
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
