import * as v from 'valibot';
import { BlobNameSchema } from '../blob-name.ts';

/** `frames`: n = max(1, round(k · log10(seconds))) stills that represent the clip. */
export const FramesOptionsSchema = v.object({
  k: v.optional(v.pipe(v.number(), v.minValue(0.1), v.maxValue(100)), 10),
  /** `near`: a key frame close to the wanted time is good enough (fast). `exact`: the frame at that very time. */
  mode: v.optional(v.picklist(['near', 'exact']), 'near'),
});
export const FrameSchema = v.object({
  askedSeconds: v.number(),
  takenSeconds: v.number(),
  /** A JPEG, upright, longer side at most 640 pixels. */
  blob: BlobNameSchema,
  width: v.number(),
  height: v.number(),
});
export type Frame = v.InferOutput<typeof FrameSchema>;
export const FramesOutputSchema = v.object({
  frames: v.pipe(v.array(FrameSchema), v.minLength(1)),
  failed: v.array(v.object({ askedSeconds: v.number(), reason: v.string() })),
  readBy: v.picklist(['webcodecs', 'ffmpeg', 'browser']),
  why: v.string(),
});
export type FramesOutput = v.InferOutput<typeof FramesOutputSchema>;
