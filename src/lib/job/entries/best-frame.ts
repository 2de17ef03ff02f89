import * as v from 'valibot';

/** `best-frame`: the frame nearest to all others (1-medoid), or the user's choice. */
export const BestFrameOptionsSchema = v.object({
  chosen: v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0))), null),
  /**
   * How frames are compared: by their layout, by what the detector's network saw in them, or by a network of its own;
   * `auto` takes the last of these that is there.
   */
  embedder: v.optional(v.picklist(['auto', 'layout', 'detector', 'resnet-18']), 'auto'),
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
  /** The frame that represents each scene best, of those in it; scenes without any are left out. */
  scenes: v.optional(v.array(v.object({ id: v.string(), index: v.number() }))),
});
export type BestFrameOutput = v.InferOutput<typeof BestFrameOutputSchema>;
