import * as v from 'valibot';
import { StemSchema } from './soundtrack.ts';

/** `source-audio`: the sound that the video came with, decoded as a stem that starts with the first picture. */
export const SourceAudioOptionsSchema = v.object({});
export const SourceAudioOutputSchema = v.object({
  /** null when the source is silent or its sound can't be decoded; `why` says which. */
  stem: v.nullable(StemSchema),
  /** How present speech-like or foreground sound is, 0 … 1, one value per `stepSeconds`: what music ducks under. */
  activity: v.array(v.number()),
  stepSeconds: v.number(),
  readBy: v.picklist(['webcodecs', 'ffmpeg', 'nothing']),
  why: v.string(),
});
export type SourceAudioOutput = v.InferOutput<typeof SourceAudioOutputSchema>;
