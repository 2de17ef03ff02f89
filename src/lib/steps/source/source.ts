import { proxy } from 'comlink';
import type { SourceOutput } from '#lib/job/entries/source.ts';
import type { StepContext } from '#lib/job/step.ts';
import { WorkerClient } from '#lib/worker/worker-client.ts';
import type { SourceApi } from './source.worker.ts';
import SourceWorker from './source.worker.ts?worker';

const worker = new WorkerClient<SourceApi>(SourceWorker);

/** Counts up whenever the same file would give another entry. */
export const SOURCE_VERSION = 1;

/**
 * Finds out what a file is and lays its bytes in the blob store under their MD5; they are never held in memory whole.
 * @throws SourceError when it is no video and no picture that can be shown; StorageFullError when it doesn't fit.
 */
export async function readSource(file: File, context: StepContext): Promise<SourceOutput> {
  return worker.call(context.signal, (api) => api.read(file, proxy(context.onProgress)));
}
