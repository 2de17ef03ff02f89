import * as v from 'valibot';
import { BlobNameSchema } from '../blob-name.ts';

/** One audio track of the source, as the container describes it. */
export const AudioTrackSchema = v.object({
  codec: v.string(),
  channels: v.number(),
  sampleRate: v.number(),
  durationSeconds: v.number(),
  isDecodable: v.boolean(),
});

/** `source`: the user's file. Width and height are as displayed, after rotation and with square pixels. */
export const SourceOptionsSchema = v.object({});
export const SourceOutputSchema = v.object({
  kind: v.picklist(['video', 'picture']),
  blob: BlobNameSchema,
  /** MD5 of the bytes, which identifies the source. */
  md5: v.string(),
  name: v.string(),
  bytes: v.number(),
  mimeType: v.string(),
  container: v.string(),
  width: v.number(),
  height: v.number(),
  rotationDegrees: v.picklist([0, 90, 180, 270]),
  /** Length of the video track, from its first picture to the end of its last; null for a picture. */
  durationSeconds: v.nullable(v.number()),
  /** Timestamp of the first picture, where soundtracks start. */
  startSeconds: v.number(),
  frameRate: v.nullable(v.number()),
  videoCodec: v.nullable(v.string()),
  isHdr: v.boolean(),
  audioTracks: v.array(AudioTrackSchema),
  /** Unusable tracks, each with the reason in words. */
  discardedTracks: v.array(v.object({ track: v.string(), reason: v.string() })),
  /** Which program read the file, and why no faster one. */
  readBy: v.picklist(['mediabunny', 'ffmpeg', 'browser']),
  why: v.string(),
});
export type SourceOutput = v.InferOutput<typeof SourceOutputSchema>;
