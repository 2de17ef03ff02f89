import { expose } from 'comlink';
import type { BlobName } from '#lib/job/blob-name.ts';
import { readPixels } from '#lib/media/pixels/read-pixels.ts';
import { chooseProgram } from '#lib/models/runtime.ts';
import { readBlob } from '#lib/worker/blob-store.ts';
import { MAX_TOKENS, VisionLanguageModel } from './vision-language-model.ts';

/** Longer side of the picture for a model, in pixels: none uses more. */
const LONGER_SIDE = 768;

/** A model's files, and its device. */
export interface DescriberRequest {
  parts: ReadonlyMap<string, Blob>;
  device: 'webgpu' | 'wasm';
}

const api = {
  /** Does nothing: a worker that was loaded once is cached for offline use. */
  preload: (): Promise<void> => Promise.resolve(),

  /** Answers a question about a picture. The page then terminates this worker, since a model takes too much memory. */
  async describe(
    { parts, device }: DescriberRequest,
    picture: BlobName | Blob,
    question: string,
    onProgress: (fraction: number, text: string) => Promise<void>,
  ): Promise<string> {
    const blob = typeof picture === 'string' ? await readBlob(picture) : picture;
    const pixels = await readPixels(blob, LONGER_SIDE);
    chooseProgram(device);
    const model = await VisionLanguageModel.open(parts, device);
    let text = '';
    let tokens = 0;
    const reports: Promise<void>[] = [];
    const report = () => void reports.push(onProgress(Math.min(1, tokens / MAX_TOKENS), text));
    const answer = await model.answer(pixels, question, {
      onText: (words) => ((text = words), report()),
      onToken: () => (tokens++, report()),
    });
    // Progress takes another path than the answer, and would be lost when the worker is terminated.
    await Promise.all(reports);
    return answer;
  },
};

export type NeuralDescriberApi = typeof api;

expose(api);
