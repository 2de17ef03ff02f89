import * as v from 'valibot';
import { StemSchema } from './soundtrack.ts';

const fader = v.object({
  gainDb: v.optional(v.pipe(v.number(), v.minValue(-60), v.maxValue(12)), 0),
  isMuted: v.optional(v.boolean(), false),
  isSolo: v.optional(v.boolean(), false),
});
const fadeSeconds = v.pipe(v.number(), v.minValue(0), v.maxValue(30));

/** `mix`: faders, balance, ducking, fades and the loudness target. */
export const MixOptionsSchema = v.object({
  /** 0 only music … 0.5 both unchanged … 1 only effects. */
  balance: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1)), 0.5),
  music: v.optional(fader, {}),
  effects: v.optional(fader, {}),
  /** Clips on the track of voices. */
  voice: v.optional(fader, {}),
  original: v.optional(fader, {}),
  /** Scenes without music and effects, by id; the sound of the source stays. */
  mutedScenes: v.optional(v.array(v.string()), []),
  /** How far music and effects are lowered under the source audio and the voice, dB; 0 never. */
  duckDb: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(24)), 10),
  fadeInSeconds: v.optional(fadeSeconds, 0.05),
  fadeOutSeconds: v.optional(fadeSeconds, 0.5),
  loudnessLufs: v.optional(v.pipe(v.number(), v.minValue(-31), v.maxValue(-9)), -14),
});
export type MixOptions = v.InferOutput<typeof MixOptionsSchema>;
export const MixOutputSchema = v.object({
  stem: StemSchema,
  /** Gain that brings the sum to the loudness target, before the limiter. */
  gainDb: v.number(),
  durationSeconds: v.number(),
});
export type MixOutput = v.InferOutput<typeof MixOutputSchema>;
