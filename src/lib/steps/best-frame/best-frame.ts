import { proxy } from 'comlink';
import type { BlobName } from '#lib/job/blob-name.ts';
import type { BestFrameOptions, BestFrameOutput } from '#lib/job/entries/best-frame.ts';
import { filmNeeds, type Step, type StepContext } from '#lib/job/step.ts';
import { deviceMaker } from '#lib/job/maker.ts';
import { findModel, installedWeights } from '#lib/models/installed.ts';
import { obtainWeights } from '#lib/models/obtain.ts';
import { WorkerClient } from '#lib/worker/worker-client.ts';
import { chooseFrame } from './choose.ts';
import BestFrameWorker from './best-frame.worker.ts?worker';
import type { BestFrameApi, Embedded } from './best-frame.worker.ts';
import type { Network } from './network-embedder.ts';

const worker = new WorkerClient<BestFrameApi>(BestFrameWorker);

/** The network that is used if its weights are installed. */
const NETWORK = 'resnet-18';

/** These errors are thrown; all others are reasons to use the layout instead. */
const REFUSALS = ['AbortError', 'BlobMissingError', 'PictureUnreadableError', 'TypeError'];

/**
 * Finds the picture that represents all others best, among stored blobs or image files.
 * When the network fails, `why` says so and the built-in layout is used.
 * @throws TypeError without pictures; PictureUnreadableError, BlobMissingError
 */
export async function findBestFrame(
  pictures: readonly (BlobName | Blob)[],
  options: BestFrameOptions,
  context: StepContext,
): Promise<BestFrameOutput> {
  const { frames, embedder, why } = await embed(pictures, options, context);
  return chooseFrame(frames, options.chosen, embedder, why);
}

async function embed(
  pictures: readonly (BlobName | Blob)[],
  options: BestFrameOptions,
  { signal, onProgress }: StepContext,
): Promise<Embedded> {
  let why = 'Asked for.';
  try {
    const network = await findNetwork(options, signal);
    if (network) return await worker.call(signal, (api) => api.embedBy(network, pictures, proxy(onProgress)));
    if (options.embedder === 'auto') why = 'No network for it is on this device.';
  } catch (error) {
    const { name, message } = error as Error;
    if (REFUSALS.includes(name)) throw error;
    // A runtime that failed may be unusable: the layout gets a new worker.
    worker.close();
    why = message;
  }
  return { ...(await worker.call(signal, (api) => api.embed(pictures, proxy(onProgress)))), why };
}

/** The network to use; null when the layout is requested, or when the network is optional and not installed. */
async function findNetwork(
  { embedder, device }: BestFrameOptions,
  signal: AbortSignal,
): Promise<Network | null> {
  if (embedder === 'layout') return null;
  const model = await findModel(NETWORK);
  if (!model) return null;
  const weights =
    embedder === 'auto'
      ? await installedWeights(model)
      : await obtainWeights(model, device, { signal, onProgress: () => undefined });
  return weights && { id: model.id, weights, device };
}

const needs = filmNeeds('frames');

/** The step that chooses the frame which represents the film. */
export const bestFrameStep: Step<'best-frame', typeof needs> = {
  name: 'best-frame',
  version: 2,
  about: ['film'],
  needs,
  async run({ frames }, options, context) {
    const pictures = frames.output.frames.map(({ blob }) => blob);
    const output = await findBestFrame(pictures, options, context);
    return { output, maker: deviceMaker(output.embedder) };
  },
  // A missing network may be installed the next time.
  isLasting: ({ options, output }) => options.embedder !== NETWORK || output.embedder.startsWith(NETWORK),
};
