import * as v from 'valibot';

/** The question that the ancestor asked its vision model. */
export const DEFAULT_QUESTION = 'Describe shortly the image and give it a mood that describes it.';

/** What a server said about a frame. It holds as long as that frame stands for the clip. */
export const GivenDescriptionSchema = v.object({
  /** Index of the frame. */
  frame: v.pipe(v.number(), v.integer(), v.minValue(0)),
  /** The engine's name, such as `moondream2`. */
  describer: v.string(),
  isPreview: v.boolean(),
  weights: v.array(v.object({ name: v.string(), revision: v.string(), licence: v.string() })),
  made: v.pipe(v.string(), v.maxLength(2000)),
});

/** `description`: words for the best frame. `text` is the user's own wording and wins. */
export const DescriptionOptionsSchema = v.object({
  /** The built-in one, or a model of the manifest. */
  describer: v.optional(v.string(), 'measured'),
  /** What a model runs on. */
  device: v.optional(v.picklist(['auto', 'webgpu', 'wasm']), 'auto'),
  question: v.optional(v.string(), DEFAULT_QUESTION),
  text: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(2000))), null),
  /** Left out as long as no server was asked, so that older entries keep their keys. */
  given: v.optional(GivenDescriptionSchema),
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
