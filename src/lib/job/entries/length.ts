import * as v from 'valibot';

/** `length`: the time span that the film covers. */
export const LengthOptionsSchema = v.object({
  /** Length of a film from a picture, seconds; a video has its own. */
  durationSeconds: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(300)), 10),
});
export const LengthOutputSchema = v.object({
  /** Second 0 of the film, on the source's clock. */
  startSeconds: v.number(),
  durationSeconds: v.pipe(v.number(), v.minValue(0)),
});
export type LengthOutput = v.InferOutput<typeof LengthOutputSchema>;
