import * as v from 'valibot';
import { BlobNameSchema } from '../blob-name.ts';
import { ScoreSchema } from '../score.ts';

/** One track of sound on its own: a 48 kHz stereo 16-bit WAV and what was measured on it. */
export const StemSchema = v.object({
  blob: BlobNameSchema,
  /** Samples per channel at 48 kHz. */
  samples: v.number(),
  /** Integrated loudness (ITU-R BS.1770), LUFS; null for silence. */
  loudnessLufs: v.nullable(v.number()),
  truePeakDb: v.nullable(v.number()),
  /** Peak magnitudes for the waveform, one byte each (0 … 255), evenly spaced over the duration. */
  peaks: BlobNameSchema,
});
export type Stem = v.InferOutput<typeof StemSchema>;

export const KindSchema = v.picklist(['music', 'effects', 'both']);
export type Kind = v.InferOutput<typeof KindSchema>;

/** `soundtrack`: music and effects as stems of exactly the asked length. One entry is one take. */
export const SoundtrackOptionsSchema = v.object({
  engine: v.optional(v.string(), 'synth'),
  kind: v.optional(KindSchema, 'both'),
  seed: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffffff)), 1),
  /** Length for a picture; a video brings its own. */
  pictureSeconds: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(300)), 10),
  /** The score as the user has edited it; null lets the engine plan. */
  score: v.optional(v.nullable(ScoreSchema), null),
});
export const SoundtrackOutputSchema = v.object({
  engine: v.string(),
  durationSeconds: v.number(),
  music: v.nullable(StemSchema),
  effects: v.nullable(StemSchema),
  score: v.nullable(ScoreSchema),
});
export type SoundtrackOutput = v.InferOutput<typeof SoundtrackOutputSchema>;
