import { expose } from 'comlink';
import type { BlobName } from '#lib/job/blob-name.ts';
import type { LengthOutput } from '#lib/job/entries/length.ts';
import type { ScenesOptions, ScenesOutput } from '#lib/job/entries/scenes.ts';
import { unpackCutScores } from '#lib/media/scenes/cut-scores.ts';
import { unpackWatched } from '#lib/media/watch/watched.ts';
import { readBlob } from '#lib/worker/blob-store.ts';
import { findScenes } from './find-scenes.ts';

const api = {
  /** @param scores What the network said; null where it isn't used. */
  async find(
    watched: BlobName,
    length: LengthOutput,
    options: ScenesOptions,
    scores: BlobName | null,
  ): Promise<ScenesOutput> {
    const numbers = unpackWatched(await bytesOf(watched));
    return findScenes(
      numbers,
      length,
      options,
      scores === null ? null : unpackCutScores(await bytesOf(scores)),
    );
  },
};

async function bytesOf(name: BlobName): Promise<ArrayBuffer> {
  return (await readBlob(name)).arrayBuffer();
}

export type ScenesApi = typeof api;
expose(api);
