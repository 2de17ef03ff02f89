import { expose } from 'comlink';
import type { BlobName } from '#lib/job/blob-name.ts';
import type { FeaturesOutput } from '#lib/job/entries/features.ts';
import type { LengthOutput } from '#lib/job/entries/length.ts';
import type { ObjectsOutput } from '#lib/job/entries/objects.ts';
import { unpackWatched } from '#lib/media/watch/watched.ts';
import { readBlob } from '#lib/worker/blob-store.ts';
import { followObjects, type Followed } from './follow-objects.ts';

const api = {
  /** Follows objects, and the camera, in what was watched. */
  async follow(
    watched: BlobName,
    objects: Pick<ObjectsOutput, 'frames' | 'labels'>,
    cuts: FeaturesOutput['cuts'],
    length: LengthOutput,
  ): Promise<Followed> {
    const blob = await readBlob(watched);
    return followObjects(unpackWatched(await blob.arrayBuffer()), objects, cuts, length);
  },
};

export type FollowApi = typeof api;
expose(api);
