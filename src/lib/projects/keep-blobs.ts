import { proxy } from 'comlink';
import { WorkerClient } from '#lib/worker/worker-client.ts';
import type { KeepBlobsApi } from './keep-blobs.worker.ts';
import KeepBlobsWorker from './keep-blobs.worker.ts?worker';
import type { ReadProject } from './project-file.ts';

/**
 * Stores blobs after checking that their content matches their names; existing ones stay.
 * @param onProgress Gets 0 … 1.
 * @throws WrongContentError when one does not match; StorageFullError when the device is full. Blobs that were stored
 * by then belong to no project, and the next clean-up deletes them.
 */
export async function keepBlobs(
  blobs: ReadProject['blobs'],
  signal: AbortSignal,
  onProgress: (fraction: number) => void,
): Promise<void> {
  using worker = new WorkerClient<KeepBlobsApi>(KeepBlobsWorker);
  await worker.call(signal, (api) => api.keep(blobs, proxy(onProgress)));
}
