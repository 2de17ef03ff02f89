import * as v from 'valibot';

/** A place of the film that the user has marked. */
export const MarkerSchema = v.object({
  /** Seconds from the beginning of the film. */
  atSeconds: v.pipe(v.number(), v.minValue(0)),
  name: v.pipe(v.string(), v.maxLength(80)),
});
export type Marker = v.InferOutput<typeof MarkerSchema>;

export const MAX_MARKERS = 500;
export const MarkersSchema = v.pipe(v.array(MarkerSchema), v.maxLength(MAX_MARKERS));
