import * as v from 'valibot';
import { MoodSchema } from '../mood.ts';

const edited = v.optional(v.nullable(v.pipe(v.string(), v.maxLength(2000))), null);

/** `prompt`: the prompts for the generators. A text in the options is the user's and survives re-runs. */
export const PromptOptionsSchema = v.object({
  /** `genre`: short, with genre, instruments and tempo first; `interpolated`: fixed sentences around the description. */
  form: v.optional(v.picklist(['genre', 'interpolated']), 'genre'),
  /** The user's own description of the picture, in place of the step's. */
  description: edited,
  music: edited,
  effects: edited,
  negative: edited,
  /** The user's mood; null derives it from the description and the features. */
  mood: v.optional(v.nullable(MoodSchema), null),
});
const texts = v.object({ music: v.string(), effects: v.string(), negative: v.string() });
export const PromptOutputSchema = v.object({
  made: texts,
  used: texts,
  labels: v.array(v.string()),
  mood: MoodSchema,
  /** The prompts of each scene where there are several, by its id. */
  scenes: v.optional(v.array(v.object({ id: v.string(), music: v.string(), effects: v.string() }))),
});
export type PromptOutput = v.InferOutput<typeof PromptOutputSchema>;
