import { proxy } from 'comlink';
import { withoutClips } from '#lib/job/assembly.ts';
import type { AssembleOutput } from '#lib/job/entries/assemble.ts';
import { filmNeeds, type Step, type StepContext } from '#lib/job/step.ts';
import { WorkerClient } from '#lib/worker/worker-client.ts';
import type { AssembleRequest } from './assemble-stems.ts';
import type { AssembleApi } from './assemble.worker.ts';
import AssembleWorker from './assemble.worker.ts?worker';

const worker = new WorkerClient<AssembleApi>(AssembleWorker);

/**
 * Lays clips onto the stems of a soundtrack. Without clips the stems are those of the soundtrack, and nothing is written.
 * @throws BlobMissingError when a sound is missing; StorageFullError when the device is full.
 */
export async function assemble(
  request: AssembleRequest,
  { signal, onProgress }: StepContext,
): Promise<AssembleOutput> {
  if (request.clips.every(({ isMuted }) => isMuted)) return withoutClips(request.soundtrack);
  return worker.call(signal, (api) => api.assemble(request, proxy(onProgress)));
}

const needs = filmNeeds('soundtrack');

/** The step that lays the clips of the user onto the stems of a soundtrack. */
export const assembleStep: Step<'assemble', typeof needs> = {
  name: 'assemble',
  version: 1,
  about: ['film'],
  needs,
  isAutomatic: true,
  run: async ({ soundtrack }, { clips }, context) => ({
    output: await assemble({ soundtrack: soundtrack.output, clips }, context),
  }),
  replans: () => false,
};
