import { proxy } from 'comlink';
import type { BlobName } from '#lib/job/blob-name.ts';
import type { ObjectsOptions, ObjectsOutput } from '#lib/job/entries/objects.ts';
import { filmNeeds, type Step, type StepContext } from '#lib/job/step.ts';
import { deviceMaker } from '#lib/job/maker.ts';
import { findModel } from '#lib/models/installed.ts';
import { ModelWorkerClient } from '#lib/models/model-worker-client.ts';
import { obtainWeights } from '#lib/models/obtain.ts';
import { hasBlob } from '#lib/worker/blob-store.ts';
import ObjectsWorker from './objects.worker.ts?worker';
import type { Detected, ObjectsApi } from './objects.worker.ts';
import { summarise } from './summarise.ts';
import { withoutUnsureAnimals } from './unsure-animals.ts';

const worker = new ModelWorkerClient<ObjectsApi>(ObjectsWorker);

/** These errors are thrown; all others are reasons to return no labels. */
const REFUSALS = ['AbortError', 'BlobMissingError', 'PictureUnreadableError'];

/** Share of the progress for downloading weights. */
const FETCHING = 0.5;

/** The detector is being opened ahead of its first run. */
let preparing: Promise<unknown> = Promise.resolve();

/** The last result, so that removing labels or adding words needs no new detection. */
let latest: { key: string; detected: Detected } | null = null;

/** A picture and its time. */
export interface TimedPicture {
  atSeconds: number;
  picture: BlobName | Blob;
}

/**
 * Finds objects in pictures, with weights from this device or from our own origin.
 * It never fails because of the model: then `why` and `error` say what is wrong, and there are no labels.
 * @throws BlobMissingError, PictureUnreadableError when the pictures can't be read.
 */
export async function findObjects(
  pictures: readonly TimedPicture[],
  options: ObjectsOptions,
  context: StepContext,
): Promise<ObjectsOutput> {
  const { added, removed } = options;
  const nothing = (why: string, error?: string): ObjectsOutput => {
    return { detector: null, why, ...(error && { error }), frames: [], labels: [], added, removed };
  };
  if (!options.model) return nothing('No detector was chosen.');
  try {
    const { boxes, latents, head, device, why } = await detect(pictures, options, options.model, context);
    const kinds = withoutUnsureAnimals(boxes);
    const frames = pictures.map(({ atSeconds }, at) => ({ atSeconds, boxes: kinds[at]! }));
    const labels = summarise(frames, removed);
    const detector = { model: options.model, head, device };
    return { detector, why, frames, labels, added, removed, ...(latents && { latents }) };
  } catch (error) {
    const { name, message } = error as Error;
    // A runtime that failed may be unusable: the next call gets a new one.
    worker.close();
    if (REFUSALS.includes(name)) throw error;
    return nothing(message, name);
  }
}

async function detect(
  pictures: readonly TimedPicture[],
  { device, minScore }: ObjectsOptions,
  modelId: string,
  { signal, onProgress }: StepContext,
): Promise<Detected> {
  await preparing;
  const model = await findModel(modelId);
  if (!model) throw new TypeError(`There is no model “${modelId}” among those that this app knows.`);
  let fetched = 0;
  const weights = await obtainWeights(model, device, {
    signal,
    onProgress: (bytes, of) => onProgress((fetched = FETCHING * Math.min(1, bytes / (of ?? Infinity)))),
  });
  const wanted = pictures.map(({ picture }) => picture);
  const key = JSON.stringify([weights.name, weights.lastModified, device, minScore, wanted]);
  if (latest?.key === key && (await isWhole(latest.detected))) return latest.detected;
  const detected = await worker.callOn(device, signal, (api) =>
    api.detect(
      { weights, inputPixels: model.inputPixels, device, minScore },
      wanted,
      proxy((fraction) => onProgress(fetched + (1 - fetched) * fraction)),
    ),
  );
  // Only pictures in the blob store have names to compare.
  latest = wanted.every((picture) => typeof picture === 'string') ? { key, detected } : null;
  return detected;
}

/** Opens the detector of the app, which needs no download to speak of. */
async function prepare(id: string, { device, minScore }: ObjectsOptions, signal: AbortSignal): Promise<void> {
  const model = await findModel(id);
  if (!model?.isBuiltIn) return;
  const weights = await obtainWeights(model, device, { signal, onProgress: () => undefined });
  const request = { weights, inputPixels: model.inputPixels, device, minScore };
  await worker.callOn(device, signal, (api) => api.prepare(request));
}

/** Whether what was detected is still stored: the user may have deleted the project that it was detected for. */
async function isWhole({ latents }: Detected): Promise<boolean> {
  return latents === null || (await hasBlob(latents));
}

const needs = filmNeeds('frames');

/** The step that detects objects in the frames. */
export const objectsStep: Step<'objects', typeof needs> = {
  name: 'objects',
  version: 2,
  about: ['film'],
  needs,
  prepare(options, signal) {
    if (!options.model) return;
    // A run that finds the same fault reports it.
    preparing = prepare(options.model, options, signal).catch(() => undefined);
  },
  readsBlobs: ({ model }) => (model ? ['frames'] : []),
  async run({ frames }, options, context) {
    const pictures = frames.output.frames.map(({ blob, takenSeconds }) => ({
      picture: blob,
      atSeconds: takenSeconds,
    }));
    const output = await findObjects(pictures, options, context);
    return { output, maker: deviceMaker(output.detector?.model) };
  },
  // A missing or failed model may work the next time.
  isLasting: ({ options, output }) => options.model === null || output.detector !== null,
};
