import { expose } from 'comlink';
import type { BlobName } from '#lib/job/blob-name.ts';
import type { LengthOutput } from '#lib/job/entries/length.ts';
import type { ScenesOptions, ScenesOutput } from '#lib/job/entries/scenes.ts';
import { unpackWatched } from '#lib/media/watch/watched.ts';
import { readBlob } from '#lib/worker/blob-store.ts';
import { findScenes } from './find-scenes.ts';

const api = {
  async find(watched: BlobName, length: LengthOutput, options: ScenesOptions): Promise<ScenesOutput> {
    const blob = await readBlob(watched);
    return findScenes(unpackWatched(await blob.arrayBuffer()), length, options);
  },
};

export type ScenesApi = typeof api;
expose(api);
