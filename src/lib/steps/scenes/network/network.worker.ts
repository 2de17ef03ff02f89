import { expose } from 'comlink';
import type { BlobName } from '#lib/job/blob-name.ts';
import type { SourceOutput } from '#lib/job/entries/source.ts';
import { packCutScores } from '#lib/media/scenes/cut-scores.ts';
import { CutWindows } from '#lib/media/scenes/cut-windows.ts';
import type { WantedDevice } from '#lib/models/devices.ts';
import { readBlob } from '#lib/worker/blob-store.ts';
import { storeBytes } from '#lib/worker/blob-writer.ts';
import { everyPercent } from '#lib/worker/every-percent.ts';
import { CutNetwork } from './cut-network.ts';
import { scoreFilm } from './score-film.ts';

/** Aborting terminates this worker and ffmpeg with it, so no signal is needed here. */
const { signal } = new AbortController();

/** The scores of a film, in the layout of `packCutScores`, and the device that made them. */
export interface ScoredFilm {
  scores: BlobName;
  why: string;
}

const api = {
  /** Decodes a film and scores every picture. */
  async score(
    source: SourceOutput,
    weights: Blob,
    device: WantedDevice,
    onProgress: (fraction: number) => void,
  ): Promise<ScoredFilm> {
    const file = await readBlob(source.blob);
    const network = await CutNetwork.open(weights, device);
    try {
      const windows = new CutWindows((window) => network.predict(window));
      const progress = everyPercent(onProgress);
      const length = Math.max(1e-3, source.durationSeconds ?? 0);
      const seen = (at: number) => progress(Math.min(1, Math.max(0, (at - source.startSeconds) / length)));
      await scoreFilm(file, source, windows, seen, signal);
      return { scores: await storeBytes(packCutScores(await windows.finish())), why: network.why };
    } finally {
      await network.close();
    }
  },
};

export type NetworkApi = typeof api;
expose(api);
