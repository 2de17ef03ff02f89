import { proxy } from 'comlink';
import type { BlobName } from '#lib/job/blob-name.ts';
import type { ObjectsOptions, ObjectsOutput } from '#lib/job/entries/objects.ts';
import { filmNeeds, type Step, type StepContext } from '#lib/job/step.ts';
import { deviceMaker } from '#lib/job/maker.ts';
import { findModel } from '#lib/models/installed.ts';
import { obtainWeights } from '#lib/models/obtain.ts';
import { WorkerClient } from '#lib/worker/worker-client.ts';
import ObjectsWorker from './objects.worker.ts?worker';
import type { Detected, ObjectsApi } from './objects.worker.ts';
import { summarise } from './summarise.ts';

const worker = new WorkerClient<ObjectsApi>(ObjectsWorker);

/** These are told to whoever called; all others are reasons to go on without labels. */
const REFUSALS = ['AbortError', 'BlobMissingError', 'PictureUnreadableError'];

/** The share of the progress that belongs to weights which have to come first. */
const FETCHING = 0.5;

/** What was found last: taking labels away or adding words needs no second look. */
let latest: { key: string; detected: Detected } | null = null;

/** A picture with its time. */
export interface TimedPicture {
  atSeconds: number;
  picture: BlobName | Blob;
}

/**
 * Finds objects in pictures with weights of this device or of our own origin.
 * It never fails for want of a model: whatever is wrong is told in `why`, and there are no labels then.
 * @throws BlobMissingError, PictureUnreadableError when the pictures are what is wrong.
 */
export async function findObjects(
  pictures: readonly TimedPicture[],
  options: ObjectsOptions,
  context: StepContext,
): Promise<ObjectsOutput> {
  const { added, removed } = options;
  const nothing = (why: string): ObjectsOutput => {
    return { detector: null, why, frames: [], labels: [], added, removed };
  };
  if (!options.model) return nothing('No detector was chosen.');
  try {
    const { boxes, head, device, why } = await detect(pictures, options, options.model, context);
    const frames = pictures.map(({ atSeconds }, at) => ({ atSeconds, boxes: boxes[at]! }));
    const labels = summarise(frames, removed);
    return { detector: { model: options.model, head, device }, why, frames, labels, added, removed };
  } catch (error) {
    const { name, message } = error as Error;
    // A runtime that failed may be broken: the next look gets a fresh one.
    worker.close();
    if (REFUSALS.includes(name)) throw error;
    return nothing(message);
  }
}

async function detect(
  pictures: readonly TimedPicture[],
  { device, minScore }: ObjectsOptions,
  modelId: string,
  { signal, onProgress }: StepContext,
): Promise<Detected> {
  const model = await findModel(modelId);
  if (!model) throw new TypeError(`There is no model “${modelId}” among those that this app knows.`);
  let fetched = 0;
  const weights = await obtainWeights(model, device, {
    signal,
    onProgress: (bytes, of) => onProgress((fetched = FETCHING * Math.min(1, bytes / (of ?? Infinity)))),
  });
  const wanted = pictures.map(({ picture }) => picture);
  const key = JSON.stringify([weights.name, weights.lastModified, device, minScore, wanted]);
  if (latest?.key === key) return latest.detected;
  const detected = await worker.call(signal, (api) =>
    api.detect(
      { weights, inputPixels: model.inputPixels, device, minScore },
      wanted,
      proxy((fraction) => onProgress(fetched + (1 - fetched) * fraction)),
    ),
  );
  // Pictures that are no blobs of the store have no names to tell them apart.
  latest = wanted.every((picture) => typeof picture === 'string') ? { key, detected } : null;
  return detected;
}

const needs = filmNeeds('frames');

/** The step that names what is in the frames. */
export const objectsStep: Step<'objects', typeof needs> = {
  name: 'objects',
  version: 1,
  about: ['film'],
  needs,
  readsBlobs: ({ model }) => (model ? ['frames'] : []),
  async run({ frames }, options, context) {
    const pictures = frames.output.frames.map(({ blob, takenSeconds }) => ({
      picture: blob,
      atSeconds: takenSeconds,
    }));
    const output = await findObjects(pictures, options, context);
    return { output, maker: deviceMaker(output.detector?.model) };
  },
  // What was missing or refused may be there the next time.
  isLasting: ({ options, output }) => options.model === null || output.detector !== null,
};
