import { proxy } from 'comlink';
import { WorkerClient } from '#lib/worker/worker-client.ts';
import type { KeepBlobsApi } from './keep-blobs.worker.ts';
import KeepBlobsWorker from './keep-blobs.worker.ts?worker';
import type { ReadProject } from './project-file.ts';

/**
 * Puts blobs into the blob store after checking that each is what its name says; those that are there stay.
 * @param onProgress Gets 0 … 1.
 * @throws WrongContentError when one is not; StorageFullError when the device is full. What was stored by then is
 * nobody's, and goes at the next clearing up.
 */
export async function keepBlobs(
  blobs: ReadProject['blobs'],
  signal: AbortSignal,
  onProgress: (fraction: number) => void,
): Promise<void> {
  using worker = new WorkerClient<KeepBlobsApi>(KeepBlobsWorker);
  await worker.call(signal, (api) => api.keep(blobs, proxy(onProgress)));
}
