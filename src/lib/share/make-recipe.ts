import type { MixOptions } from '#lib/job/entries/mix.ts';
import type { EntryOf } from '#lib/job/entry.ts';
import { seedOfTake } from '#lib/job/takes.ts';
import type { Recipe } from '#lib/protocol/recipe.ts';

/** The take that a recipe is made from, its prompts, and how it was mixed. */
export interface RecipeParts {
  soundtrack: EntryOf<'soundtrack'>;
  prompt: EntryOf<'prompt'>;
  mix: MixOptions;
  isPicture: boolean;
}

/**
 * The recipe of a take. It contains prompts, mood and score, and nothing that identifies the source: no file, file
 * name, digest, frame, box or time.
 */
export function makeRecipe({ soundtrack, prompt, mix, isPicture }: RecipeParts): Recipe {
  const { durationSeconds, score } = soundtrack.output;
  const { kind } = soundtrack.options;
  const seed = seedOfTake(soundtrack);
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
    // The scenes of another film have other names.
    mix: { ...mix, mutedScenes: [] },
    score,
  };
}
