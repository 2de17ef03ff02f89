import { expose } from 'comlink';
import { fetchWeights, type WeightsRequest } from './fetch-weights.ts';
import { keepWeights } from './keep-weights.ts';
import { RUNTIME_FILES } from './runtime-files.ts';

/** Minimum interval between progress messages. */
const REPORT_MILLISECONDS = 100;

const api = {
  async fetch(
    request: WeightsRequest,
    onProgress: (bytes: number, of: number | null) => void,
  ): Promise<void> {
    let reportedAt = -REPORT_MILLISECONDS;
    await fetchWeights(request, (bytes, of) => {
      if (performance.now() - reportedAt < REPORT_MILLISECONDS) return;
      reportedAt = performance.now();
      onProgress(bytes, of);
    });
  },

  /** Has the service worker cache the runtime, so that the new model also runs without a network. */
  async keepRuntime(): Promise<void> {
    await Promise.all(Object.values(RUNTIME_FILES).map((url) => fetch(url)));
  },

  keep: (name: string, file: Blob): Promise<void> => keepWeights(name, file),
};

export type WeightsApi = typeof api;

expose(api);
