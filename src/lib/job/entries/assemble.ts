import * as v from 'valibot';
import { MakerSchema } from '../maker.ts';
import { LineSchema } from '../score.ts';
import { StemSchema } from './soundtrack.ts';

const seconds = v.pipe(v.number(), v.minValue(0));

/** The tracks that clips lie on. */
export const ClipTrackSchema = v.picklist(['music', 'effects', 'voice']);
export type ClipTrack = v.InferOutput<typeof ClipTrackSchema>;

/** What a clip plays. */
export const ClipSourceSchema = v.variant('from', [
  /** A sound of the user's, as a stem. */
  v.object({ from: v.literal('file'), ...StemSchema.entries }),
  /** The synthesiser plays the range of the clip anew. */
  v.object({
    from: v.literal('synth'),
    /** Tells this attempt from others. */
    seed: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(0xffffffff)),
    /** Another style of music; null keeps that of the take. */
    style: v.nullable(v.string()),
    /** What the range is planned from; null varies what the take plays there. */
    words: v.nullable(v.pipe(v.string(), v.maxLength(2000))),
  }),
  /** A server's sound for the range of the clip. */
  v.object({ from: v.literal('server'), stem: StemSchema, maker: MakerSchema }),
]);
export type ClipSource = v.InferOutput<typeof ClipSourceSchema>;

/** A sound at a place of a track. Times are seconds from the beginning of the film. */
export const ClipSchema = v.object({
  id: v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/)),
  track: ClipTrackSchema,
  name: v.pipe(v.string(), v.maxLength(200)),
  startSeconds: seconds,
  endSeconds: seconds,
  /** The second of its sound with which it begins. */
  offsetSeconds: seconds,
  /** Equal-power fades inside its times. */
  fadeInSeconds: seconds,
  fadeOutSeconds: seconds,
  gainDb: v.pipe(v.number(), v.minValue(-60), v.maxValue(12)),
  /** Decibels that are added to `gainDb`. */
  gainLine: LineSchema,
  /** Position over time, -1 … 1; empty leaves the sound as it is. */
  panLine: LineSchema,
  isMuted: v.boolean(),
  /** True: it is heard in place of what its track has there, a part made anew. False: it is added to that. */
  replaces: v.boolean(),
  source: ClipSourceSchema,
});
export type Clip = v.InferOutput<typeof ClipSchema>;

export const MAX_CLIPS = 500;

/** `assemble`: the stems that are heard: those of the soundtrack with the clips of the user. */
export const AssembleOptionsSchema = v.object({
  clips: v.optional(v.pipe(v.array(ClipSchema), v.maxLength(MAX_CLIPS)), []),
});
export const AssembleOutputSchema = v.object({
  music: v.nullable(StemSchema),
  effects: v.nullable(StemSchema),
  voice: v.nullable(StemSchema),
  /** How present the voice is: 0 … 1, one value per `stepSeconds`. Music and effects are ducked under it. */
  voiceActivity: v.array(v.number()),
  stepSeconds: v.number(),
  durationSeconds: v.number(),
});
export type AssembleOutput = v.InferOutput<typeof AssembleOutputSchema>;
