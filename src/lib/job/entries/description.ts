import * as v from 'valibot';
import { FactsSchema } from '../facts.ts';

/** The question to a vision model, worded as in the system that this app is derived from. */
export const DEFAULT_QUESTION = 'Describe shortly the image and give it a mood that describes it.';

/** `description`: the describer's text for the best frame. A text by the user is an option of `prompt` instead. */
export const DescriptionOptionsSchema = v.object({
  /** `rules`: a sentence from what was detected and measured; `server`: a server's answer; else a model of the manifest. */
  describer: v.optional(v.string(), 'rules'),
  /** The device of the model. */
  device: v.optional(v.picklist(['auto', 'webgpu', 'wasm']), 'auto'),
  question: v.optional(v.string(), DEFAULT_QUESTION),
});
export const DescriptionOutputSchema = v.object({
  /** In English. */
  text: v.pipe(v.string(), v.maxLength(2000)),
  /** What `text` was made from, for sentences in other languages; absent for other describers and in older documents. */
  facts: v.optional(FactsSchema),
  /** Why another describer than the requested one was used, in a sentence; absent when it was not. */
  why: v.optional(v.string()),
});
