import * as v from 'valibot';
import { WeightsSchema } from './engine-about.ts';
import { JobIdSchema } from './job-request.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const milliseconds = v.pipe(v.number(), v.minValue(0));

/** The shape of all errors, over HTTP and over the socket. `name` is for programs, `message` for people. */
export const WireErrorSchema = v.object({ name: v.string(), message: v.string() });
export type WireError = v.InferOutput<typeof WireErrorSchema>;

/** One WAV in the byte stream of a job: 44 bytes of header, then 16-bit PCM. Parts follow one another without gaps. */
export const AudioPartSchema = v.object({
  index: count,
  kind: v.picklist(['music', 'effects']),
  /** Number of the candidate of its kind, from 0. */
  candidate: count,
  /** Offset of the part in the stream and its length, bytes with the header. */
  offset: count,
  bytes: count,
  sampleRate: count,
  channels: count,
});
export type AudioPart = v.InferOutput<typeof AudioPartSchema>;

/** The result of a finished job. */
export const JobResultSchema = v.object({
  engine: v.string(),
  isPreview: v.boolean(),
  weights: v.array(WeightsSchema),
  seed: v.number(),
  /** All parts; if the engine ranks them, the best candidate of each kind is first. `bytes`: length of the stream. */
  parts: v.array(v.object({ ...AudioPartSchema.entries, sha256: v.string() })),
  bytes: count,
  /** The answer to a description job. */
  text: v.optional(v.string()),
  queuedMs: milliseconds,
  ranMs: milliseconds,
});
export type JobResult = v.InferOutput<typeof JobResultSchema>;

const numbered = { job: JobIdSchema, seq: v.pipe(v.number(), v.integer(), v.minValue(1)) };
const waiting = { position: count, etaMs: v.nullable(milliseconds) };

/**
 * The events of a job, numbered 1, 2, 3 … without gaps. `accepted` is the first; `done`, `failed` or `cancelled` the
 * last. `position` 0 is the running job; `etaMs` is the time until the result, null while there are no measurements.
 */
export const JobEventSchema = v.variant('t', [
  v.object({ t: v.literal('accepted'), ...numbered, ...waiting }),
  v.object({ t: v.literal('queued'), ...numbered, ...waiting }),
  v.object({ t: v.literal('started'), ...numbered, etaMs: v.nullable(milliseconds) }),
  v.object({
    t: v.literal('progress'),
    ...numbered,
    /** The current stage: `describe`, `diffuse`, `vocode`, `render` … */
    stage: v.string(),
    step: count,
    of: count,
    etaMs: v.nullable(milliseconds),
  }),
  /** The whole text so far, not only the new part. */
  v.object({ t: v.literal('text'), ...numbered, text: v.string() }),
  v.object({ t: v.literal('part'), ...numbered, part: AudioPartSchema }),
  v.object({ t: v.literal('done'), ...numbered, result: JobResultSchema }),
  v.object({ t: v.literal('cancelled'), ...numbered }),
  v.object({ t: v.literal('failed'), ...numbered, error: WireErrorSchema, isRetryable: v.boolean() }),
]);
export type JobEvent = v.InferOutput<typeof JobEventSchema>;

/** Whether an event is the last one of its job. */
export function isLastEvent({ t }: Pick<JobEvent, 't'>): boolean {
  return t === 'done' || t === 'failed' || t === 'cancelled';
}
