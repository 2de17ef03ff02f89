import * as v from 'valibot';
import { FactsSchema } from '../facts.ts';
import { MoodSchema } from '../mood.ts';

const edited = v.optional(v.nullable(v.pipe(v.string(), v.maxLength(2000))), null);

/** What the user says about one scene; null leaves it to the step. */
const SceneWordsSchema = v.object({
  id: v.string(),
  /** What it shows, or how it shall sound. */
  description: edited,
  mood: v.optional(v.nullable(MoodSchema), null),
});
export type SceneWords = v.InferOutput<typeof SceneWordsSchema>;

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
  /** What the user says about single scenes. */
  scenes: v.optional(v.array(SceneWordsSchema), []),
});
const texts = v.object({ music: v.string(), effects: v.string(), negative: v.string() });

/** One scene: what is in it, how it feels, and its prompts. Documents of older versions have only the prompts. */
export const ScenePromptSchema = v.object({
  id: v.string(),
  music: v.string(),
  effects: v.string(),
  facts: v.optional(FactsSchema),
  mood: v.optional(MoodSchema),
  /** The user's words; absent without. */
  words: v.optional(v.string()),
});
export type ScenePrompt = v.InferOutput<typeof ScenePromptSchema>;

export const PromptOutputSchema = v.object({
  made: texts,
  used: texts,
  labels: v.array(v.string()),
  /** The mood of the film: the user's, else that of words and pictures, moved towards that of what is seen. */
  mood: MoodSchema,
  /**
   * The mood before what is seen moved it: the planner of the soundtrack knows when each thing is in sight, and moves it
   * itself. Absent in older documents, whose `mood` it is.
   */
  unmovedMood: v.optional(MoodSchema),
  /** Every scene, in order; absent in older documents. */
  scenes: v.optional(v.array(ScenePromptSchema)),
});
export type PromptOutput = v.InferOutput<typeof PromptOutputSchema>;
