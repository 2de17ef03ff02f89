import { proxy } from 'comlink';
import type { StepContext } from '#lib/job/step.ts';
import { chooseDevice, findDevices, type WantedDevice } from '#lib/models/devices.ts';
import { findModel } from '#lib/models/installed.ts';
import { obtainModel } from '#lib/models/obtain.ts';
import { WorkerClient } from '#lib/worker/worker-client.ts';
import type { Describer, DescriberInput } from '../describer.ts';
import { clearRefusal, DescriberError } from './clear-refusal.ts';
import NeuralDescriberWorker from './neural-describer.worker.ts?worker';
import type { NeuralDescriberApi } from './neural-describer.worker.ts';
import { tidyAnswer } from './tidy-answer.ts';

/** Share of the progress for loading the model. */
const OPENING = 0.5;

/**
 * A describer with a model on this device; no picture leaves the device.
 * @param id The model's id in the manifest.
 * @returns A describer that rejects with one clear sentence when the model is missing, does not fit or fails.
 */
export function neuralDescriber(id: string, device: WantedDevice): Describer {
  return {
    name: id,
    describe: async (input, context) => ({ text: await ask(id, device, input, context) }),
  };
}

/** Loads the describer's worker once, so that the service worker caches it for offline use. */
export async function preloadDescriber(): Promise<void> {
  using worker = new WorkerClient<NeuralDescriberApi>(NeuralDescriberWorker);
  await worker.call(new AbortController().signal, (api) => api.preload());
}

async function ask(
  id: string,
  wanted: WantedDevice,
  { picture, question }: Pick<DescriberInput, 'picture' | 'question'>,
  { signal, onProgress, onText }: StepContext,
): Promise<string> {
  const model = await findModel(id);
  if (model?.task !== 'description') {
    throw new TypeError(`A describer was wanted; “${id}” is none that this app knows.`);
  }
  const { file, parts } = await obtainModel(model, wanted, {
    signal,
    onProgress: (bytes, of) => onProgress(OPENING * Math.min(1, bytes / (of ?? Infinity))),
  });
  const { name } = chooseDevice(wanted, await findDevices());
  const isForGpu = file.devices.some((device) => device !== 'wasm');
  const device = isForGpu ? name : 'wasm';
  const report = proxy((fraction: number, text: string) => {
    onProgress(OPENING + (1 - OPENING) * fraction);
    if (text) onText?.(text);
    return Promise.resolve();
  });
  using worker = new WorkerClient<NeuralDescriberApi>(NeuralDescriberWorker);
  try {
    const answer = await worker.call(signal, (api) =>
      api.describe({ parts, device }, picture, question, report),
    );
    const made = tidyAnswer(answer);
    if (!made) throw new DescriberError(`“${model.title}” had nothing to say about the picture.`);
    return made;
  } catch (error) {
    throw clearRefusal(error as Error, model.title, device);
  }
}
