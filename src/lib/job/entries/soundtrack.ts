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

/** What a generation server is asked for, besides the prompts. */
export const ServerWishSchema = v.object({
  /** Which of the server's engines. */
  engine: v.string(),
  /** How many takes it makes of each track. */
  candidates: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4)),
  /** Denoising steps. */
  steps: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(200)),
  /** How closely it keeps to the words (classifier-free guidance scale). */
  guidance: v.pipe(v.number(), v.minValue(0), v.maxValue(20)),
  /** Which of the takes this one is, best first. */
  take: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(3)),
});
export type ServerWish = v.InferOutput<typeof ServerWishSchema>;

/** What a server told about the sound that it made. */
export const ServerMadeSchema = v.object({
  engine: v.string(),
  /** The engine's name for people. */
  title: v.string(),
  /** True for an engine that only stands in where there is no GPU. */
  isPreview: v.boolean(),
  weights: v.array(v.object({ name: v.string(), revision: v.string(), licence: v.string() })),
  seed: v.number(),
  /** How its length was made to fit: cut from a longer one, or repeated with crossfades behind its end. */
  fit: v.picklist(['whole', 'trimmed', 'repeated']),
  /** Seconds that were generated. */
  generatedSeconds: v.number(),
  queuedMs: v.number(),
  ranMs: v.number(),
});
export type ServerMade = v.InferOutput<typeof ServerMadeSchema>;

/** `soundtrack`: music and effects as stems of exactly the asked length. One entry is one take. */
export const SoundtrackOptionsSchema = v.object({
  engine: v.optional(v.string(), 'synth'),
  kind: v.optional(KindSchema, 'both'),
  seed: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffffff)), 1),
  /** Length for a picture; a video brings its own. */
  pictureSeconds: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(300)), 10),
  /** The score as the user has edited it; null lets the engine plan. */
  score: v.optional(v.nullable(ScoreSchema), null),
  /** Only with the engine `server`. Left out elsewhere, so that older entries keep their keys. */
  server: v.optional(ServerWishSchema),
});
export const SoundtrackOutputSchema = v.object({
  engine: v.string(),
  durationSeconds: v.number(),
  music: v.nullable(StemSchema),
  effects: v.nullable(StemSchema),
  score: v.nullable(ScoreSchema),
  /** Only of the engine `server`. */
  server: v.optional(ServerMadeSchema),
});
export type SoundtrackOutput = v.InferOutput<typeof SoundtrackOutputSchema>;
