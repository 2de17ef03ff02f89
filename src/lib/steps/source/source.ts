import { proxy } from 'comlink';
import type { SourceOutput } from '#lib/job/entries/source.ts';
import type { StepContext } from '#lib/job/step.ts';
import { WorkerClient } from '#lib/worker/worker-client.ts';
import type { SourceApi } from './source.worker.ts';
import SourceWorker from './source.worker.ts?worker';

const worker = new WorkerClient<SourceApi>(SourceWorker);

/** Incremented whenever the same file would give another entry. */
export const SOURCE_VERSION = 1;

/**
 * Identifies a file and copies its bytes into the blob store under their MD5, never holding all of them in memory.
 * @throws SourceError when it is no usable video or picture; StorageFullError when it doesn't fit.
 */
export async function readSource(file: File, context: StepContext): Promise<SourceOutput> {
  return worker.call(context.signal, (api) => api.read(file, proxy(context.onProgress)));
}
