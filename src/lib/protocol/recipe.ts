import * as v from 'valibot';
import { MixOptionsSchema } from '#lib/job/entries/mix.ts';
import { KindSchema } from '#lib/job/entries/soundtrack.ts';
import { MoodSchema } from '#lib/job/mood.ts';
import { ScoreSchema } from '#lib/job/score.ts';

const words = v.pipe(v.string(), v.maxLength(2000));

/**
 * How a soundtrack was made, without anything of its source: no file name, no digest, no picture, no time. Together
 * with another file it starts a new project.
 */
export const RecipeSchema = v.strictObject({
  format: v.literal('immersivaudio-recipe'),
  version: v.literal(1),
  durationSeconds: v.pipe(v.number(), v.minValue(0.02), v.maxValue(7200)),
  isPicture: v.boolean(),
  /** The engine that made the sound. */
  engine: v.pipe(v.string(), v.maxLength(40)),
  kind: KindSchema,
  seed: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffffff)),
  prompt: v.strictObject({ music: words, effects: words, negative: words, mood: MoodSchema }),
  mix: MixOptionsSchema,
  /** The score, if the engine plans one. */
  score: v.nullable(ScoreSchema),
});
export type Recipe = v.InferOutput<typeof RecipeSchema>;
