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
 * Mixes WAV files instead of stems. The mix has the length of the longest of music, effects and voice, else of
 * the original.
 * @throws TypeError when there is no file at all; WavError when one can't be read.
 */
export async function mixWavs(
  files: Readonly<Partial<Record<StemName, Blob>>>,
  options: MixOptions,
  context: StepContext,
): Promise<MixOutput> {
  const store = (file: Blob | undefined) =>
    file ? worker.call(context.signal, (api) => api.store(file)) : Promise.resolve(null);
  const [music, effects, voice, original] = [
    await store(files.music),
    await store(files.effects),
    await store(files.voice),
    await store(files.original),
  ];
  const stemsOf = [music, effects, voice];
  const samples = Math.max(...stemsOf.map((sound) => sound?.stem.samples ?? 0)) || original?.stem.samples;
  if (!samples) throw new TypeError('At least one WAV file is needed to make a mix.');
  const stems = {
    music: music?.stem ?? null,
    effects: effects?.stem ?? null,
    voice: voice?.stem ?? null,
    original: original?.stem ?? null,
  };
  const durationSeconds = samples / SAMPLE_RATE;
  return mixStems({ stems, activities: { voice, original }, durationSeconds, options }, context);
}

const needs = filmNeeds('assemble', 'source-audio', 'scenes');

/** The step that mixes music, effects, voice and source audio to one track. */
export const mixStep: Step<'mix', typeof needs> = {
  name: 'mix',
  version: 6,
  about: ['film'],
  needs,
  readsBlobs: () => ['assemble', 'source-audio'],
  async run({ assemble, 'source-audio': { output: original }, scenes }, options, context) {
    const { music, effects, voice, voiceActivity, stepSeconds, durationSeconds } = assemble.output;
    const stems = { music, effects, voice, original: original.stem };
    const activities = { voice: { activity: voiceActivity, stepSeconds }, original };
    const silences = mutedScenes(scenes.output.scenes, options.mutedScenes);
    return { output: await mixStems({ stems, activities, durationSeconds, options, silences }, context) };
  },
  replans: () => false,
};
