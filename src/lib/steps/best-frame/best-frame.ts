import { proxy } from 'comlink';
import type { BlobName } from '#lib/job/blob-name.ts';
import type { BestFrameOptions, BestFrameOutput } from '#lib/job/entries/best-frame.ts';
import type { Scene } from '#lib/job/entries/scenes.ts';
import { scenesInSource } from '#lib/job/scene-span.ts';
import { filmNeeds, type Step, type StepContext } from '#lib/job/step.ts';
import { deviceMaker } from '#lib/job/maker.ts';
import { findModel, installedWeights } from '#lib/models/installed.ts';
import { ModelWorkerClient } from '#lib/models/model-worker-client.ts';
import { obtainWeights } from '#lib/models/obtain.ts';
import { chooseForScenes, chooseFrame } from './choose.ts';
import BestFrameWorker from './best-frame.worker.ts?worker';
import type { BestFrameApi, Embedded } from './best-frame.worker.ts';
import { layoutEmbedder } from './layout-embedder.ts';
import type { Network } from './network-embedder.ts';

const worker = new ModelWorkerClient<BestFrameApi>(BestFrameWorker);

/** The network that is used if its weights are installed. */
const NETWORK = 'resnet-18';

/** These errors are thrown; all others are reasons to use the layout instead. */
const REFUSALS = ['AbortError', 'BlobMissingError', 'PictureUnreadableError', 'TypeError'];

/** What a detector's network saw in the same pictures. */
interface Seen {
  /** The detector's id. */
  model: string;
  /** A latent for each picture. */
  latents: BlobName;
}

/**
 * Finds the picture that represents all others best, among stored blobs or image files.
 * When a network fails, `why` says so and the next best way of comparing pictures is used.
 * @param seen Latents of the same pictures, if there are any.
 * @param film When the pictures were taken, and the scenes of their film on the same clock.
 * @throws TypeError without pictures; PictureUnreadableError, BlobMissingError
 */
export async function findBestFrame(
  pictures: readonly (BlobName | Blob)[],
  options: BestFrameOptions,
  context: StepContext,
  seen: Seen | null = null,
  film: { times: readonly number[]; scenes: readonly Scene[] } | null = null,
): Promise<BestFrameOutput> {
  const { frames, embedder, why } = await embed(pictures, options, context, seen);
  const best = chooseFrame(frames, options.chosen, embedder, why);
  return film ? { ...best, scenes: chooseForScenes(frames, film.times, film.scenes) } : best;
}

async function embed(
  pictures: readonly (BlobName | Blob)[],
  options: BestFrameOptions,
  { signal, onProgress }: StepContext,
  seen: Seen | null,
): Promise<Embedded> {
  let why = 'Asked for.';
  try {
    const network = await findNetwork(options, signal);
    if (network) {
      const { device } = options;
      return await worker.callOn(device, signal, (api) => api.embedBy(network, pictures, proxy(onProgress)));
    }
    if (options.embedder === 'auto') why = 'No network of its own is on this device.';
  } catch (error) {
    const { name, message } = error as Error;
    if (REFUSALS.includes(name)) throw error;
    // A runtime that failed may be unusable: what follows gets a new one.
    worker.close();
    why = message;
  }
  if (seen && options.embedder !== 'layout') {
    const { model, latents } = seen;
    const frames = await worker.call(signal, (api) => api.withLatents(pictures, latents, proxy(onProgress)));
    return { embedder: model, frames, why };
  }
  const frames = await worker.call(signal, (api) => api.embed(pictures, proxy(onProgress)));
  return { embedder: layoutEmbedder.name, frames, why };
}

/** The network to use; null when the layout is requested, or when the network is optional and not installed. */
async function findNetwork(
  { embedder, device }: BestFrameOptions,
  signal: AbortSignal,
): Promise<Network | null> {
  if (embedder === 'layout' || embedder === 'detector') return null;
  const model = await findModel(NETWORK);
  if (!model) return null;
  const weights =
    embedder === 'auto'
      ? await installedWeights(model)
      : await obtainWeights(model, device, { signal, onProgress: () => undefined });
  return weights && { id: model.id, weights, device };
}

const needs = filmNeeds('frames', 'objects', 'length', 'scenes');

/** The step that chooses the frame which represents the film. */
export const bestFrameStep: Step<'best-frame', typeof needs> = {
  name: 'best-frame',
  version: 4,
  about: ['film'],
  needs,
  readsBlobs: () => ['frames', 'objects'],
  async run({ frames, objects, length, scenes }, options, context) {
    const pictures = frames.output.frames.map(({ blob }) => blob);
    const { detector, latents } = objects.output;
    const seen = detector && latents ? { model: detector.model, latents } : null;
    const film = {
      times: frames.output.frames.map(({ takenSeconds }) => takenSeconds),
      scenes: scenesInSource(scenes.output.scenes, length.output),
    };
    const output = await findBestFrame(pictures, options, context, seen, film);
    return { output, maker: deviceMaker(output.embedder) };
  },
  // A missing network may be installed the next time.
  isLasting: ({ options, output }) => options.embedder !== NETWORK || output.embedder.startsWith(NETWORK),
};
