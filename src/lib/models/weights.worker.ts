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

  /** The addresses of the runtime's files for a device. */
  runtimeFiles: (device: 'webgpu' | 'wasm'): string[] =>
    Object.values(RUNTIME_FILES[device]).map((url) => new URL(url, location.href).href),

  keep: (name: string, file: Blob): Promise<void> => keepWeights(name, file),
};

export type WeightsApi = typeof api;

expose(api);
