import { moodWord } from '#lib/evidence/mood-word.ts';
import type { PromptOutput } from '#lib/job/entries/prompt.ts';
import type { Facts } from '#lib/job/facts.ts';
import { NEGATIVE } from './interpolated-prompts.ts';
import type { PlannedMusic } from './planned-music.ts';
import { soundsOf } from './sounds-of-facts.ts';
import { tidy } from './tidy.ts';
import { withoutSpeech } from './without-speech.ts';

/** Genres by the names of the synthesiser's styles; they read as the same style when a planner reads them. */
const GENRES: Readonly<Record<string, string>> = {
  ambient: 'Ambient',
  cinematic: 'Cinematic',
  uplifting: 'Uplifting pop',
  lofi: 'Lo-fi hip hop',
  tense: 'Tense suspense',
  dark: 'Dark',
  playful: 'Playful',
  epic: 'Epic',
  acoustic: 'Acoustic folk',
  electronic: 'Electronic dance',
  melancholy: 'Melancholy',
  synthwave: 'Synthwave',
};

/** What the prompts are made from. */
export interface GenrePromptInput {
  music: PlannedMusic;
  facts: Facts;
  /** A text that a model or the user wrote; empty when there is none but that of the rules. */
  text: string;
  /** The user's own words for things. */
  added: readonly string[];
}

/**
 * Short prompts with the genre first. Music: genre, mood, instruments, tempo. Effects: what a model or the user says, then
 * the things that sound, and the place.
 */
export function genrePrompts({ music, facts, text, added }: GenrePromptInput): PromptOutput['made'] {
  const word = moodWord(music.mood);
  const genre = `${GENRES[music.style] ?? music.style} music`;
  const described = tidy(text).replace(/\.$/, '');
  const sounds = [withoutSpeech(described), ...added.map(withoutSpeech), ...soundsOf(facts)];
  return {
    music: tidy(
      [genre, word === 'neutral' ? '' : word, ...music.instruments, `${music.tempoBpm} BPM`, described]
        .filter(Boolean)
        .join(', '),
    ),
    effects: startLarge(tidy([...new Set(sounds.filter(Boolean))].join(', '))),
    negative: NEGATIVE,
  };
}

function startLarge(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
