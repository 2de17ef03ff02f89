import * as v from 'valibot';

/** `best-frame`: the frame nearest to all others (1-medoid), or the one that the user chose. */
export const BestFrameOptionsSchema = v.object({
  chosen: v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0))), null),
  /** What tells how alike frames are: a network, the built-in layout, or the network where it is on the device. */
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
