import * as v from 'valibot';

/** `length`: the stretch of time that the film covers. */
export const LengthOptionsSchema = v.object({
  /** Length of a film that is made from a picture, seconds; a video brings its own. */
  durationSeconds: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(300)), 10),
});
export const LengthOutputSchema = v.object({
  /** On the source's clock: the film's second 0. */
  startSeconds: v.number(),
  durationSeconds: v.pipe(v.number(), v.minValue(0)),
});
export type LengthOutput = v.InferOutput<typeof LengthOutputSchema>;
