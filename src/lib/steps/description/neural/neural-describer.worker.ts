import { expose } from 'comlink';
import type { BlobName } from '#lib/job/blob-name.ts';
import { readPixels } from '#lib/media/pixels/read-pixels.ts';
import '#lib/models/runtime.ts';
import { readBlob } from '#lib/worker/blob-store.ts';
import { MAX_TOKENS, VisionLanguageModel } from './vision-language-model.ts';

/** Longer side of the picture that is given to a model, in pixels: none looks at more. */
const LONGER_SIDE = 768;

/** A model's files, and what it runs on. */
export interface DescriberWish {
  parts: ReadonlyMap<string, Blob>;
  device: 'webgpu' | 'wasm';
}

const api = {
  /** Nothing but being there: a worker that was opened once is kept for use without a network. */
  wake: (): Promise<void> => Promise.resolve(),

  /** Answers a question about a picture. The page ends this worker afterwards: a model is too big to keep. */
  async describe(
    { parts, device }: DescriberWish,
    picture: BlobName | Blob,
    question: string,
    onNews: (fraction: number, text: string) => Promise<void>,
  ): Promise<string> {
    const blob = typeof picture === 'string' ? await readBlob(picture) : picture;
    const pixels = await readPixels(blob, LONGER_SIDE);
    const model = await VisionLanguageModel.open(parts, device);
    let text = '';
    let tokens = 0;
    const told: Promise<void>[] = [];
    const tell = () => void told.push(onNews(Math.min(1, tokens / MAX_TOKENS), text));
    const answer = await model.answer(pixels, question, {
      onText: (words) => ((text = words), tell()),
      onToken: () => (tokens++, tell()),
    });
    // News go another way than the answer, and would be lost with this worker if that came first.
    await Promise.all(told);
    return answer;
  },
};

export type NeuralDescriberApi = typeof api;

expose(api);
