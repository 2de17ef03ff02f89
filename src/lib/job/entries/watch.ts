import * as v from 'valibot';
import { BlobNameSchema } from '../blob-name.ts';
import { UnitSchema } from '../mood.ts';

/** `watch`: what every picture of a video looks like beside the one before, in a few numbers. */
export const WatchOptionsSchema = v.object({
  /**
   * How long watching may take, seconds. A slow device leaves out groups of pictures that seem to show nothing new.
   * With 0 nothing is decoded, and only the places of the key frames are known.
   */
  budgetSeconds: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(3600)), 30),
});
export const WatchOutputSchema = v.object({
  /** Number of pictures that were seen; 0 for a photo. */
  pictures: v.number(),
  /** Share of the film that was seen picture by picture. */
  seen: UnitSchema,
  /** The numbers, in the layout of `packWatched`; null for a photo. */
  watched: v.nullable(BlobNameSchema),
  /** What decoded the pictures: `index` when nothing did, and only the places of the key frames are known. */
  readBy: v.picklist(['webcodecs', 'ffmpeg', 'index', 'none']),
  why: v.string(),
});
export type WatchOutput = v.InferOutput<typeof WatchOutputSchema>;
