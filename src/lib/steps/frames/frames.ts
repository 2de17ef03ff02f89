import { proxy } from 'comlink';
import type { SourceOutput } from '#lib/job/entries/source.ts';
import { filmNeeds, type Step } from '#lib/job/step.ts';
import { WorkerClient } from '#lib/worker/worker-client.ts';
import type { FramesApi } from './frames.worker.ts';
import FramesWorker from './frames.worker.ts?worker';

const worker = new WorkerClient<FramesApi>(FramesWorker);

const needs = filmNeeds('source');

/**
 * The step that decodes n = max(1, round(k · log10(seconds))) frames that represent a video, and one of each shot
 * that would have none; a picture is its own frame.
 * @throws FramesError when no frame can be decoded.
 */
export const framesStep: Step<'frames', typeof needs> = {
  name: 'frames',
  version: 2,
  about: ['film'],
  needs,
  run: async ({ source }, options, { signal, onProgress }) => ({
    output: await worker.call(signal, (api) => api.decode(source.output, options, proxy(onProgress))),
  }),
};

/**
 * The picture shown at a time (seconds on the source's clock), as a PNG in full size.
 * @throws FramesError when it can't be decoded.
 */
export async function grabFrame(source: SourceOutput, atSeconds: number, signal: AbortSignal): Promise<Blob> {
  return worker.call(signal, (api) => api.grab(source, atSeconds));
}
