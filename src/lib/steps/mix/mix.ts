import { proxy } from 'comlink';
import type { MixOptions, MixOutput } from '#lib/job/entries/mix.ts';
import { mutedScenes } from '#lib/job/scene-id.ts';
import { filmNeeds, type Step, type StepContext } from '#lib/job/step.ts';
import type { StemName } from '#lib/media/audio/mix-gains.ts';
import { SAMPLE_RATE } from '#lib/media/audio/sample-rate.ts';
import { WorkerClient } from '#lib/worker/worker-client.ts';
import type { MixRequest } from './mix-plan.ts';
import type { MixApi } from './mix.worker.ts';
import MixWorker from './mix.worker.ts?worker';

const worker = new WorkerClient<MixApi>(MixWorker);

/**
 * Mixes stems to a stem with exactly the requested length and loudness, and at most -1 dBTP.
 * @throws BlobMissingError when a stem is missing; StorageFullError when the device is full.
 */
export async function mixStems(request: MixRequest, { signal, onProgress }: StepContext): Promise<MixOutput> {
  return worker.call(signal, (api) => api.mix(request, proxy(onProgress)));
}

/**
 * Mixes WAV files instead of stems. The mix has the length of the longer one of music and effects, else of the
 * original.
 * @throws TypeError when there is no file at all; WavError when one can't be read.
 */
export async function mixWavs(
  files: Readonly<Partial<Record<StemName, Blob>>>,
  options: MixOptions,
  context: StepContext,
): Promise<MixOutput> {
  const store = (file: Blob | undefined) =>
    file ? worker.call(context.signal, (api) => api.store(file)) : Promise.resolve(null);
  const [music, effects, original] = [
    await store(files.music),
    await store(files.effects),
    await store(files.original),
  ];
  const samples = Math.max(music?.stem.samples ?? 0, effects?.stem.samples ?? 0) || original?.stem.samples;
  if (!samples) throw new TypeError('At least one WAV file is needed to make a mix.');
  const stems = {
    music: music?.stem ?? null,
    effects: effects?.stem ?? null,
    original: original?.stem ?? null,
  };
  const activity = original ?? { activity: [], stepSeconds: 1 };
  return mixStems({ stems, activity, durationSeconds: samples / SAMPLE_RATE, options }, context);
}

const needs = filmNeeds('soundtrack', 'source-audio', 'scenes');

/** The step that mixes music, effects and source audio to one track. */
export const mixStep: Step<'mix', typeof needs> = {
  name: 'mix',
  version: 5,
  about: ['film'],
  needs,
  readsBlobs: () => ['soundtrack', 'source-audio'],
  async run({ soundtrack, 'source-audio': { output: activity }, scenes }, options, context) {
    const { music, effects, durationSeconds } = soundtrack.output;
    const stems = {
      music: music?.stem ?? null,
      effects: effects?.stem ?? null,
      original: activity.stem,
    };
    const silences = mutedScenes(scenes.output.scenes, options.mutedScenes);
    return { output: await mixStems({ stems, activity, durationSeconds, options, silences }, context) };
  },
  replans: () => false,
};
