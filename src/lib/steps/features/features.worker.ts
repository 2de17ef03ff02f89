import { expose } from 'comlink';
import type { BlobName } from '#lib/job/blob-name.ts';
import type { FeaturesOutput } from '#lib/job/entries/features.ts';
import { readPixels } from '#lib/media/pixels/read-pixels.ts';
import { readBlob } from '#lib/worker/blob-store.ts';
import { ANALYSIS_PIXELS, measureFrame, summarise, type MeasuredFrame, type SceneSpan } from './measure.ts';

/** A picture to measure: the name of a blob, or the bytes. */
export interface TimedPicture {
  atSeconds: number;
  picture: BlobName | Blob;
}

const api = {
  /** Measures pictures in order of time, with one at a time in memory. */
  async measure(
    pictures: readonly TimedPicture[],
    durationSeconds: number | null,
    cuts: FeaturesOutput['cuts'],
    scenes: readonly SceneSpan[],
    onProgress: (fraction: number) => void,
  ): Promise<FeaturesOutput> {
    const measured: MeasuredFrame[] = [];
    for (const { picture, atSeconds } of pictures) {
      const blob = typeof picture === 'string' ? await readBlob(picture) : picture;
      measured.push(measureFrame(await readPixels(blob, ANALYSIS_PIXELS), atSeconds));
      onProgress(measured.length / pictures.length);
    }
    return summarise(measured, durationSeconds, cuts, scenes);
  },
};

export type FeaturesApi = typeof api;

expose(api);
