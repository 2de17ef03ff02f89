import * as v from 'valibot';
import { StemSchema } from './soundtrack.ts';

/** `source-audio`: the source's own sound, decoded to a stem that starts at the first picture. */
export const SourceAudioOptionsSchema = v.object({});
export const SourceAudioOutputSchema = v.object({
  /** null when the source is silent or its sound can't be decoded; `why` says which. */
  stem: v.nullable(StemSchema),
  /** How present foreground sound, such as speech, is: 0 … 1, one value per `stepSeconds`. Music is ducked under it. */
  activity: v.array(v.number()),
  stepSeconds: v.number(),
  readBy: v.picklist(['webcodecs', 'ffmpeg', 'nothing']),
  why: v.string(),
});
export type SourceAudioOutput = v.InferOutput<typeof SourceAudioOutputSchema>;
