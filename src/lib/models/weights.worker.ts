import { expose } from 'comlink';
import { fetchWeights, type WeightsRequest } from './fetch-weights.ts';
import { keepWeights } from './keep-weights.ts';
import { RUNTIME_FILES } from './runtime-files.ts';

/** Every word out of a worker is a message; so often is often enough for a bar that moves. */
const TELL_MILLISECONDS = 100;

const api = {
  async fetch(
    request: WeightsRequest,
    onProgress: (bytes: number, of: number | null) => void,
  ): Promise<void> {
    let told = -TELL_MILLISECONDS;
    await fetchWeights(request, (bytes, of) => {
      if (performance.now() - told < TELL_MILLISECONDS) return;
      told = performance.now();
      onProgress(bytes, of);
    });
  },

  /** Has the service worker keep the runtime, so that a model that was just downloaded runs without a network, too. */
  async keepRuntime(): Promise<void> {
    await Promise.all(Object.values(RUNTIME_FILES).map((url) => fetch(url)));
  },

  keep: (name: string, file: Blob): Promise<void> => keepWeights(name, file),
};

export type WeightsApi = typeof api;

expose(api);
