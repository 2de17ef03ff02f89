import type { Options } from '#lib/job/options.ts';
import type { Recipe } from '#lib/protocol/recipe.ts';

/** Shorter differences in length are ignored: containers round them. */
const SAME_SECONDS = 0.25;

/**
 * Options for a project that starts from a recipe: its prompts, mood, seed and mix. All tracks are made on this device,
 * whatever made them before. The score itself fits only a file of the same length (see `scoreFor`).
 */
export function optionsFrom(recipe: Recipe, usual: Options): Options {
  const { prompt, kind, seed, mix, durationSeconds } = recipe;
  const { music, effects, negative, mood } = prompt;
  const here = { generator: 'synth' } as const;
  const all = {
    ...usual.all,
    length: { durationSeconds: Math.min(300, Math.max(1, durationSeconds)) },
    prompt: { ...usual.all.prompt, description: null, music, effects, negative, mood },
    soundtrack: { ...usual.all.soundtrack, kind, seed, music: here, effects: here, score: null },
    mix,
  };
  return { ...usual, all };
}

/** The recipe's score if it fits a file of this length (null for a picture, whose length is an option); else null. */
export function scoreFor(recipe: Recipe, durationSeconds: number | null): Recipe['score'] {
  const length = durationSeconds ?? Math.min(300, Math.max(1, recipe.durationSeconds));
  const { score } = recipe;
  const isSame = score !== null && Math.abs(length - score.durationSeconds) < SAME_SECONDS;
  return isSame ? { ...score, durationSeconds: length } : null;
}
