import * as v from 'valibot';

/** `best-frame`: the frame nearest to all others (1-medoid), or the user's choice. */
export const BestFrameOptionsSchema = v.object({
  chosen: v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0))), null),
  /** How frames are compared: with a network, with the built-in layout, or with a network if it is installed. */
  embedder: v.optional(v.picklist(['auto', 'layout', 'resnet-18']), 'auto'),
  device: v.optional(v.picklist(['auto', 'webgpu', 'wasm']), 'auto'),
});
export type BestFrameOptions = v.InferOutput<typeof BestFrameOptionsSchema>;
export const BestFrameOutputSchema = v.object({
  index: v.number(),
  medoid: v.number(),
  embedder: v.string(),
  /** Why this embedder. */
  why: v.string(),
  /** Sum of Euclidean distances from each frame to all others. */
  distances: v.array(v.number()),
});
export type BestFrameOutput = v.InferOutput<typeof BestFrameOutputSchema>;
