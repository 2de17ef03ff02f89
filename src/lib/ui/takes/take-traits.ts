import type { EntryOf } from '#lib/job/entry.ts';
import { inputOf, type Job } from '#lib/job/job.ts';
import type { Score } from '#lib/job/score.ts';
import { m } from '#lib/paraglide/messages.js';
import { language } from '../language.svelte.ts';
import { nearestMood } from '../moods.ts';
import { soundName, styleName } from '../score/names.ts';
import type { NameTexts, TakeTraits } from './take-names.ts';

type Take = EntryOf<'soundtrack'>;

/** Words of the user are cut to about this length, characters. */
const LONGEST_WORDS = 28;

/** What is known of a take, in the language of the app. */
export function traitsOf(take: Take, job: Job, given: string | null): TakeTraits {
  const { output, options } = take;
  const prompt = inputOf(job, take, 'prompt');
  const mood = output.score?.mood ?? prompt?.output.mood;
  const { description, music, effects } = prompt?.options ?? {};
  return {
    given,
    sounds: output.score ? soundsOf(output.score).map((recipe) => lower(soundName(recipe))) : [],
    mood: mood ? lower(m.mood_names({ mood: nearestMood(mood) })) : null,
    words: shortened(description ?? music ?? effects ?? null),
    style: output.score?.music ? lower(styleName(output.score.music.style)) : null,
    kind: lower(m.sound_kinds({ kind: options.kind })),
    maker: makerOf(take),
  };
}

/** The texts that names of takes are put together from. */
export function nameTexts(): NameTexts {
  const list = new Intl.ListFormat(language(), { type: 'conjunction' });
  return {
    and: (items) => list.format(items),
    version: (name, number) =>
      number === 2 ? m.takes_another_version({ name }) : m.takes_version({ name, number }),
  };
}

/** Who made a take, if not this device. */
function makerOf({ maker: { where, title, isPreview } }: Take): string | null {
  return where === 'server' ? `${title}${isPreview ? ` (${m.server_preview_mark()})` : ''}` : null;
}

/** The sounds that are heard: those that last longest first, then those that come most often. */
function soundsOf({ layers, events, durationSeconds }: Score): string[] {
  const shares = new Map<string, number>();
  const add = (recipe: string, share: number) => shares.set(recipe, (shares.get(recipe) ?? 0) + share);
  for (const { recipe, isMuted, startSeconds, endSeconds, gainDb } of layers)
    if (!isMuted && gainDb > -60) add(recipe, 1 + (endSeconds - startSeconds) / durationSeconds);
  for (const { recipe, isMuted, gainDb } of events)
    if (!isMuted && gainDb > -60) add(recipe, 1 / events.length);
  return [...shares].sort(([, one], [, other]) => other - one).map(([recipe]) => recipe);
}

function shortened(text: string | null): string | null {
  const words = text?.trim().replace(/\s+/g, ' ') ?? '';
  if (words.length <= LONGEST_WORDS) return words || null;
  return `${words.slice(0, LONGEST_WORDS).replace(/[\s,.]*\S*$/, '')} …`;
}

function lower(text: string): string {
  // Nouns of German keep their capital.
  return language() === 'de' ? text : text.toLocaleLowerCase(language());
}
