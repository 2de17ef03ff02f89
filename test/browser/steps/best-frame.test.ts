import * as v from 'valibot';
import { beforeEach, expect, test } from 'vitest';
import { BestFrameOutputSchema } from '#lib/job/entries/best-frame.ts';
import { bestFrameStep, findBestFrame } from '#lib/steps/best-frame/best-frame.ts';
import { sweepBlobs } from '#lib/worker/blob-store.ts';
import { coastJpeg, plainJpeg, storeFrames } from '../../fixtures/media/drawn-frames.ts';
import { asEntry, quiet } from '../../fixtures/media/step-context.ts';

beforeEach(() => sweepBlobs(new Set()));

const clip = async () => [
  await plainJpeg('black'),
  await coastJpeg(20),
  await coastJpeg(40),
  await coastJpeg(60),
  await plainJpeg('black'),
  await plainJpeg('black'),
  await plainJpeg('black'),
];

async function run(chosen: number | null) {
  const frames = await storeFrames(await clip());
  const inputs = { frames: asEntry('frames', { frames, failed: [], readBy: 'webcodecs', why: '' }) };
  return bestFrameStep.run(inputs, { chosen }, quiet());
}

test('the frame in the middle of the scene is found among stored frames, black ones never win', async () => {
  const output = await run(null);
  expect(v.parse(BestFrameOutputSchema, output)).toEqual(output);
  expect(output).toMatchObject({ index: 2, medoid: 2, embedder: 'layout-1' });
  expect(output.distances).toHaveLength(7);
});

test("the user's choice wins while it is in range", async () => {
  expect(await run(5)).toMatchObject({ index: 5, medoid: 2 });
  expect(await run(7)).toMatchObject({ index: 2, medoid: 2 });
});

test('pictures can be given without a store, and progress is told', async () => {
  const fractions: number[] = [];
  const output = await findBestFrame([await coastJpeg(0), await coastJpeg(9)], null, {
    ...quiet(),
    onProgress: (at) => fractions.push(at),
  });
  expect(output.index).toBe(0);
  expect(fractions).toEqual([0.5, 1]);
});

test('an abort rejects with its reason', async () => {
  const controller = new AbortController();
  const waiting = findBestFrame([await coastJpeg(0)], null, quiet(controller.signal));
  controller.abort();
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
});
