import { expose } from 'comlink';
import type { BlobName } from '#lib/job/blob-name.ts';
import type { FeaturesOutput } from '#lib/job/entries/features.ts';
import { readPixels } from '#lib/media/pixels/read-pixels.ts';
import { readBlob } from '#lib/worker/blob-store.ts';
import { ANALYSIS_PIXELS, measureFrame, summarise, type MeasuredFrame } from './measure.ts';

/** A picture to measure: the name of stored bytes, or the bytes themselves. */
export interface TimedPicture {
  atSeconds: number;
  picture: BlobName | Blob;
}

const api = {
  /** Measures pictures in order of time, one in memory after the other. */
  async measure(
    pictures: readonly TimedPicture[],
    durationSeconds: number | null,
    onProgress: (fraction: number) => void,
  ): Promise<FeaturesOutput> {
    const measured: MeasuredFrame[] = [];
    for (const { picture, atSeconds } of pictures) {
      const blob = typeof picture === 'string' ? await readBlob(picture) : picture;
      measured.push(measureFrame(await readPixels(blob, ANALYSIS_PIXELS), atSeconds));
      onProgress(measured.length / pictures.length);
    }
    return summarise(measured, durationSeconds);
  },
};

export type FeaturesApi = typeof api;

expose(api);
