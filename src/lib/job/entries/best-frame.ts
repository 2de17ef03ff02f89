import * as v from 'valibot';

/** `best-frame`: the frame nearest to all others (1-medoid), or the one that the user chose. */
export const BestFrameOptionsSchema = v.object({
  chosen: v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0))), null),
});
export const BestFrameOutputSchema = v.object({
  index: v.number(),
  medoid: v.number(),
  embedder: v.string(),
  /** Sum of Euclidean distances from each frame to all others. */
  distances: v.array(v.number()),
});
export type BestFrameOutput = v.InferOutput<typeof BestFrameOutputSchema>;
