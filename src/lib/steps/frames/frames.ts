import { proxy } from 'comlink';
import type { SourceOutput } from '#lib/job/entries/source.ts';
import { findEntry } from '#lib/job/job.ts';
import { scenesInSource } from '#lib/job/scene-span.ts';
import { filmNeeds, type Step } from '#lib/job/step.ts';
import { WorkerClient } from '#lib/worker/worker-client.ts';
import type { FramesApi } from './frames.worker.ts';
import FramesWorker from './frames.worker.ts?worker';

const worker = new WorkerClient<FramesApi>(FramesWorker);

/** Frames that need no scenes are decoded while those are being found. */
let preparing: Promise<unknown> = Promise.resolve();

const needs = filmNeeds('source', 'length', 'scenes');

/**
 * The step that decodes n = max(1, round(k · log10(seconds))) frames that represent a video, and one of each scene and
 * shot that would have none; a picture is its own frame.
 * @throws FramesError when no frame can be decoded.
 */
export const framesStep: Step<'frames', typeof needs> = {
  name: 'frames',
  version: 3,
  about: ['film'],
  needs,
  readsBlobs: () => ['source'],
  prepare(options, signal, job) {
    const source = job && findEntry(job, 'source')?.output;
    if (source?.kind !== 'video') return;
    const none = { shots: [], scenes: [] };
    // One after the other: a draft and the take want the same frames, which the second finds there.
    preparing = preparing
      .then(() =>
        worker.call(signal, (api) =>
          api.decode(
            source,
            options,
            none,
            proxy(() => undefined),
          ),
        ),
      )
      // The run meets the same fault and reports it.
      .catch(() => undefined);
  },
  async run({ source, length, scenes }, options, { signal, onProgress }) {
    const { boundaries, scenes: spans } = scenes.output;
    const divisions = {
      shots: boundaries.map(({ atSeconds }) => atSeconds + length.output.startSeconds),
      scenes: scenesInSource(spans, length.output).map(({ startSeconds }) => startSeconds),
    };
    await preparing;
    const output = await worker.call(signal, (api) =>
      api.decode(source.output, options, divisions, proxy(onProgress)),
    );
    return { output };
  },
};

/**
 * The picture shown at a time (seconds on the source's clock), as a PNG in full size.
 * @throws FramesError when it can't be decoded.
 */
export async function grabFrame(source: SourceOutput, atSeconds: number, signal: AbortSignal): Promise<Blob> {
  return worker.call(signal, (api) => api.grab(source, atSeconds));
}
