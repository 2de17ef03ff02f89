import * as v from 'valibot';

/** The question that a vision model is asked, in the words of the system that this app comes from. */
export const DEFAULT_QUESTION = 'Describe shortly the image and give it a mood that describes it.';

/** `description`: words for the best frame, by a describer. What the user writes instead is an option of `prompt`. */
export const DescriptionOptionsSchema = v.object({
  /** `rules` puts measurements into words, `server` takes what a server said, else a model of the manifest. */
  describer: v.optional(v.string(), 'rules'),
  /** What a model runs on. */
  device: v.optional(v.picklist(['auto', 'webgpu', 'wasm']), 'auto'),
  question: v.optional(v.string(), DEFAULT_QUESTION),
});
export const DescriptionOutputSchema = v.object({
  text: v.pipe(v.string(), v.maxLength(2000)),
  /** Why the entry's maker is not the describer that was asked for, in a sentence; left out when it is. */
  why: v.optional(v.string()),
});
