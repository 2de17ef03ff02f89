import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defaultOptions } from '#lib/job/options.ts';
import { BestFrameOutputSchema } from '#lib/job/entries/best-frame.ts';
import { deleteWeights, listWeights } from '#lib/models/weights-folder.ts';
import { bestFrameStep, findBestFrame } from '#lib/steps/best-frame/best-frame.ts';
import { sweepBlobs } from '#lib/worker/blob-store.ts';
import { coastJpeg, plainJpeg, storeFrames } from '../../fixtures/media/drawn-frames.ts';
import { asEntry, dividedFilm, outputOf, quiet } from '../../fixtures/media/step-context.ts';
import { installModel } from '../../fixtures/models/install-model.ts';
import { tinyClassifier } from '../../fixtures/models/tiny-classifier.ts';
import { TINY_DETECTORS } from '../../fixtures/models/tiny-detectors.ts';

const OPTIONS = defaultOptions().all['best-frame'];

beforeEach(() => sweepBlobs(new Set()));

const NOTHING_SEEN = { detector: null, why: '', frames: [], labels: [], added: [], removed: [] };

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
  const inputs = {
    frames: asEntry('frames', { frames, failed: [], readBy: 'webcodecs', why: '' }),
    objects: asEntry('objects', NOTHING_SEEN),
    ...dividedFilm(7, 0, 2.5),
  };
  return outputOf(bestFrameStep.run(inputs, { ...OPTIONS, chosen }, quiet()));
}

test('the frame in the middle of the scene is found among stored frames, never a black one', async () => {
  const output = await run(null);
  expect(v.parse(BestFrameOutputSchema, output)).toEqual(output);
  expect(output).toMatchObject({ index: 2, medoid: 2, embedder: 'layout-1' });
  expect(output.distances).toHaveLength(7);
  // Of each scene the one that is most like the others in it, and no black one.
  expect(output.scenes).toEqual([
    { id: '0', index: 1 },
    { id: '2500', index: 3 },
  ]);
});

test("the user's choice is used while it is in range", async () => {
  expect(await run(5)).toMatchObject({ index: 5, medoid: 2 });
  expect(await run(7)).toMatchObject({ index: 2, medoid: 2 });
});

test('pictures don’t have to be stored, and progress is reported', async () => {
  const fractions: number[] = [];
  const output = await findBestFrame([await coastJpeg(0), await coastJpeg(9)], OPTIONS, {
    ...quiet(),
    onProgress: (at) => fractions.push(at),
  });
  expect(output.index).toBe(0);
  expect(fractions).toEqual([0.5, 1]);
});

test('an abort rejects with its reason', async () => {
  const controller = new AbortController();
  const waiting = findBestFrame([await coastJpeg(0)], OPTIONS, quiet(controller.signal));
  controller.abort();
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
});

test('without an installed network the layout is used, and the output says so', async () => {
  const output = await findBestFrame([await coastJpeg(0)], { ...OPTIONS, embedder: 'resnet-18' }, quiet());
  expect(output.embedder).toBe('layout-1');
  expect(output.why).toMatch(/weights of “ResNet-18” are not on this device/);
});

describe('with a classifier on the device', () => {
  const store = (model: Uint8Array) => installModel('resnet-18', model);
  afterEach(async () => {
    for (const { name } of await listWeights()) await deleteWeights(name);
  });

  test('its feature map decides which frame represents the others', async () => {
    await store(tinyClassifier());
    const pictures = [
      await coastJpeg(20),
      await coastJpeg(40),
      await coastJpeg(60),
      await plainJpeg('black'),
    ];
    const output = await findBestFrame(pictures, { ...OPTIONS, device: 'wasm' }, quiet());
    expect(output).toMatchObject({ embedder: 'resnet-18 at 224', why: 'wasm: Asked for.', index: 1 });
    expect(output.distances[0]).toBeGreaterThan(0);
  });

  test('one without a single pooling layer is reported, and the layout is used', async () => {
    await store(TINY_DETECTORS.boxes());
    const output = await findBestFrame([await coastJpeg(0)], OPTIONS, quiet());
    expect(output.embedder).toBe('layout-1');
    expect(output.why).toMatch(/exactly one GlobalAveragePool/);
  });
});
