import * as v from 'valibot';

/** The question that the ancestor asked its vision model. */
export const DEFAULT_QUESTION = 'Describe shortly the image and give it a mood that describes it.';

/** `description`: words for the best frame. `text` is the user's own wording and wins. */
export const DescriptionOptionsSchema = v.object({
  describer: v.optional(v.string(), 'measured'),
  question: v.optional(v.string(), DEFAULT_QUESTION),
  text: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(2000))), null),
});
export const DescriptionOutputSchema = v.object({
  describer: v.string(),
  made: v.string(),
  text: v.string(),
});
export type DescriptionOutput = v.InferOutput<typeof DescriptionOutputSchema>;
