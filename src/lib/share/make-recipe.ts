import type { MixOptions } from '#lib/job/entries/mix.ts';
import type { EntryOf } from '#lib/job/entry.ts';
import type { Recipe } from '#lib/protocol/recipe.ts';

/** What a recipe is made from: the take that is heard, the prompts behind it, and how it was mixed. */
export interface RecipeParts {
  soundtrack: EntryOf<'soundtrack'>;
  prompt: EntryOf<'prompt'>;
  mix: MixOptions;
  isPicture: boolean;
}

/**
 * The recipe of a take. It holds words, moods and the score, and none of what they were taken from: no file, no name
 * of one, no digest, no frame, no seen box, no time of day.
 */
export function makeRecipe({ soundtrack, prompt, mix, isPicture }: RecipeParts): Recipe {
  const { durationSeconds, score } = soundtrack.output;
  const { kind, seed } = soundtrack.options;
  const { used, mood } = prompt.output;
  return {
    ...{ format: 'immersivaudio-recipe', version: 1, durationSeconds, isPicture },
    ...{ engine: soundtrack.maker.where === 'server' ? 'server' : 'synth', kind, seed },
    prompt: {
      music: used.music.slice(0, 2000),
      effects: used.effects.slice(0, 2000),
      negative: used.negative.slice(0, 2000),
      mood,
    },
    mix,
    score,
  };
}
