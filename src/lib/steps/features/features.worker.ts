import { expose } from 'comlink';
import type { BlobName } from '#lib/job/blob-name.ts';
import type { FeaturesOutput } from '#lib/job/entries/features.ts';
import { unpackWatched } from '#lib/media/watch/watched.ts';
import { readPixels } from '#lib/media/pixels/read-pixels.ts';
import { readBlob } from '#lib/worker/blob-store.ts';
import { unrestAround } from './unrest.ts';
import {
  ANALYSIS_PIXELS,
  measureFrame,
  summarise,
  withMoving,
  type MeasuredFrame,
  type SceneSpan,
} from './measure.ts';

/** A picture to measure: the name of a blob, or the bytes. */
export interface TimedPicture {
  atSeconds: number;
  picture: BlobName | Blob;
}

/** The stored pictures that were measured last: the same ones are summarised again when the scenes change. */
let known = new Map<BlobName, MeasuredFrame>();

/** What is known of the film that the pictures are from; times on the clock of the pictures. */
export interface Film {
  /** Its length, or null for single pictures. */
  durationSeconds: number | null;
  /** The boundaries between its shots. */
  cuts: FeaturesOutput['cuts'];
  scenes: readonly SceneSpan[];
  /** What was watched (`packWatched`); null for single pictures. */
  watched: BlobName | null;
}

const api = {
  /** Measures pictures in order of time, with one at a time in memory. */
  async measure(
    pictures: readonly TimedPicture[],
    { durationSeconds, cuts, scenes, watched }: Film,
    onProgress: (fraction: number) => void,
  ): Promise<FeaturesOutput> {
    const motion = watched ? unpackWatched(await (await readBlob(watched)).arrayBuffer()) : null;
    const measured: MeasuredFrame[] = [];
    const measuredNow: typeof known = new Map();
    for (const { picture, atSeconds } of pictures) {
      const blob = typeof picture === 'string' ? await readBlob(picture) : picture;
      const before = typeof picture === 'string' ? known.get(picture) : undefined;
      const frame = before ?? measureFrame(await readPixels(blob, ANALYSIS_PIXELS), atSeconds);
      if (typeof picture === 'string') measuredNow.set(picture, frame);
      const unrest = motion ? unrestAround(motion, atSeconds, cuts) : null;
      measured.push({ ...withMoving(frame, unrest), atSeconds });
      onProgress(measured.length / pictures.length);
    }
    known = measuredNow;
    return summarise(measured, durationSeconds, cuts, scenes);
  },
};

export type FeaturesApi = typeof api;

expose(api);
