import * as v from 'valibot';
import { BlobNameSchema } from '../blob-name.ts';

/** `film`: the finished file. */
export const FilmOptionsSchema = v.object({
  container: v.optional(v.picklist(['auto', 'mp4', 'webm', 'mkv']), 'auto'),
  audioCodec: v.optional(v.picklist(['auto', 'aac', 'opus']), 'auto'),
  /** `mixed`: one sound track. `separate`: the mix first, then music, effects and source audio as further tracks. */
  tracks: v.optional(v.picklist(['mixed', 'separate']), 'mixed'),
  /** For pictures: whether the picture is still or moves slowly. */
  movement: v.optional(v.picklist(['still', 'ken-burns']), 'ken-burns'),
});
export type FilmOptions = v.InferOutput<typeof FilmOptionsSchema>;
export const FilmOutputSchema = v.object({
  blob: BlobNameSchema,
  bytes: v.number(),
  mimeType: v.string(),
  fileName: v.string(),
  container: v.picklist(['mp4', 'webm', 'mkv']),
  videoCodec: v.string(),
  audioCodec: v.string(),
  durationSeconds: v.number(),
  /** True when every video packet was copied unchanged. */
  isVideoCopied: v.boolean(),
  writtenBy: v.picklist(['mediabunny', 'ffmpeg']),
  why: v.string(),
});
export type FilmOutput = v.InferOutput<typeof FilmOutputSchema>;
