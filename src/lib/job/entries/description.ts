import * as v from 'valibot';

/** The question that the ancestor asked its vision model. */
export const DEFAULT_QUESTION = 'Describe shortly the image and give it a mood that describes it.';

/** `description`: words for the best frame. `text` is the user's own wording and wins. */
export const DescriptionOptionsSchema = v.object({
  /** The built-in one, or a model of the manifest. */
  describer: v.optional(v.string(), 'measured'),
  /** What a model runs on. */
  device: v.optional(v.picklist(['auto', 'webgpu', 'wasm']), 'auto'),
  question: v.optional(v.string(), DEFAULT_QUESTION),
  text: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(2000))), null),
});
export const DescriptionOutputSchema = v.object({
  /** Who made it. */
  describer: v.string(),
  /** Why it is not the one that was asked for, in a sentence; left out when it is. */
  why: v.optional(v.string()),
  made: v.string(),
  text: v.string(),
});
export type DescriptionOutput = v.InferOutput<typeof DescriptionOutputSchema>;
