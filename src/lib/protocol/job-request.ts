import * as v from 'valibot';

/** Maximum length of any text in a request, characters. */
export const MAX_CHARACTERS = 2000;
/** Maximum number of segments of one sound. */
export const MAX_SEGMENTS = 30;
/** Deviation of the sum of all segments from the length of the sound that is accepted, seconds. */
const SEGMENTS_TOLERANCE = 0.05;
/** Maximum size of a still, bytes. */
export const MAX_STILL_BYTES = 512 * 1024;

const text = v.pipe(v.string(), v.maxLength(MAX_CHARACTERS));
const prompt = v.pipe(text, v.trim(), v.nonEmpty());
const engine = v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,32}$/));

/**
 * 128 random bits in base64url, made by the client: whoever knows it may follow and cancel the job and read its sound.
 */
export const JobIdSchema = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{22}$/));
export type JobId = v.InferOutput<typeof JobIdSchema>;

/** A segment of the sound, such as a scene of the film. Its prompts apply instead of those of the whole sound. */
export const SegmentSchema = v.strictObject({
  seconds: v.pipe(v.number(), v.minValue(0.1), v.maxValue(300)),
  music: v.optional(prompt),
  effects: v.optional(prompt),
  /** Time around its start in which its prompts take over; the first segment has none. */
  fadeSeconds: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(10)), 2),
});
export type Segment = v.InferOutput<typeof SegmentSchema>;

/** Generates sound from prompts. Each prompt gives a track of its own; at least one is required. */
export const GenerateSpecSchema = v.pipe(
  v.strictObject({
    engine,
    music: v.optional(prompt),
    effects: v.optional(prompt),
    negative: v.optional(text, ''),
    seconds: v.pipe(v.number(), v.minValue(1), v.maxValue(300)),
    /** From the beginning to the end of the sound; only to engines that tell `maxSegments`. */
    segments: v.optional(v.pipe(v.array(SegmentSchema), v.minLength(1), v.maxLength(MAX_SEGMENTS))),
    seed: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffffff)), 1),
    /** Number of candidates of each track. */
    candidates: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4)), 1),
    /** Denoising steps; engines without diffusion ignore it. */
    steps: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(200)), 25),
    /** Classifier-free guidance scale. */
    guidance: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(20)), 3.5),
  }),
  v.check(
    ({ music, effects }) => music !== undefined || effects !== undefined,
    'A music prompt or an effects prompt is wanted; neither came.',
  ),
  v.check(
    ({ seconds, segments }) =>
      !segments ||
      Math.abs(segments.reduce((sum, segment) => sum + segment.seconds, 0) - seconds) <= SEGMENTS_TOLERANCE,
    'Segments that together are as long as the sound are wanted; they are longer or shorter.',
  ),
  v.check(
    ({ music, effects, segments = [] }) =>
      segments.every((segment) => (music ?? !segment.music) && (effects ?? !segment.effects)),
    'A segment has a prompt for a track that the whole sound has none for.',
  ),
);
export type GenerateSpec = v.InferOutput<typeof GenerateSpecSchema>;

/** A question about a picture, the still, which follows as one binary message. */
export const DescribeSpecSchema = v.strictObject({
  engine,
  question: v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(500)),
});
export type DescribeSpec = v.InferOutput<typeof DescribeSpecSchema>;

/** The description of a still, before its bytes. */
export const StillSchema = v.strictObject({
  mime: v.picklist(['image/jpeg', 'image/png', 'image/webp']),
  bytes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_STILL_BYTES)),
  /** SHA-256 of the bytes, 64 hexadecimal digits. */
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
});
export type Still = v.InferOutput<typeof StillSchema>;
