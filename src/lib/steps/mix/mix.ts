import { proxy } from 'comlink';
import type { MixOutput } from '#lib/job/entries/mix.ts';
import type { Step, StepContext } from '#lib/job/step.ts';
import { WorkerRoom } from '#lib/worker/worker-room.ts';
import { meta } from './meta.ts';
import type { MixRequest } from './mix-plan.ts';
import type { MixApi } from './mix.worker.ts';
import MixWorker from './mix.worker.ts?worker';

const room = new WorkerRoom<MixApi>(MixWorker);

/**
 * Mixes stems to one of exactly the asked length, loudness and at most -1 dBTP.
 * @throws BlobMissingError when a stem is gone; StorageFullError when the device is full.
 */
export async function mixStems(request: MixRequest, { signal, onProgress }: StepContext): Promise<MixOutput> {
  return room.call(signal, (api) => api.mix(request, proxy(onProgress)));
}

/** The room with the mixing desk: music, effects and the original sound become one track. */
export const mixStep: Step<'mix', 'soundtrack' | 'original'> = {
  ...meta,
  async run({ soundtrack, original }, options, context) {
    const { music, effects, durationSeconds } = soundtrack.output;
    const stems = { music, effects, original: original.output.stem };
    return mixStems({ stems, activity: original.output, durationSeconds, options }, context);
  },
};
