import * as v from 'valibot';
import { beforeEach, expect, test } from 'vitest';
import { FeaturesOutputSchema } from '#lib/job/entries/features.ts';
import type { Frame } from '#lib/job/entries/frames.ts';
import type { SourceOutput } from '#lib/job/entries/source.ts';
import { measurePictures, featuresStep } from '#lib/steps/features/features.ts';
import { sweepBlobs } from '#lib/worker/blob-store.ts';
import { coastJpeg, plainJpeg, storeFrames } from '../../fixtures/media/drawn-frames.ts';
import { asEntry, outputOf, quiet } from '../../fixtures/media/step-context.ts';

beforeEach(() => sweepBlobs(new Set()));

const inputs = (frames: Frame[], durationSeconds: number | null) => ({
  frames: asEntry('frames', { frames, failed: [], readBy: 'webcodecs', why: '' }),
  source: asEntry('source', {
    ...{ kind: durationSeconds ? 'video' : 'picture', durationSeconds, startSeconds: 0.25 },
  } as SourceOutput),
  watch: asEntry('watch', { pictures: 0, seen: 1, watched: null, readBy: 'none', why: '' }),
  scenes: asEntry('scenes', {
    boundaries: durationSeconds ? [{ atSeconds: 1.25, kind: 'cut', weight: 0.9, overSeconds: 0 }] : [],
    scenes: [],
    onsets: [],
  }),
});

test('stored frames are measured in a worker: regions and motion, and the cuts of the scenes on their clock', async () => {
  const frames = await storeFrames([
    await coastJpeg(20),
    await coastJpeg(120),
    await plainJpeg('#b03020'),
    await plainJpeg('#b03020'),
  ]);
  const fractions: number[] = [];
  const features = await outputOf(
    featuresStep.run(inputs(frames, 4), {}, { ...quiet(), onProgress: (at) => fractions.push(at) }),
  );
  expect(v.parse(FeaturesOutputSchema, features)).toEqual(features);
  expect(features.frames.map(({ atSeconds }) => atSeconds)).toEqual([0, 1, 2, 3]);
  expect(features.frames[0]!.regions.sky).toBeGreaterThan(0.9);
  expect(features.frames[0]!.regions.sea).toBeGreaterThan(0.6);
  expect(features.frames[1]!.motion).toBeGreaterThan(0.15);
  expect(features.frames[2]!.warmth).toBeGreaterThan(0.5);
  expect(features.frames[3]!.motion).toBe(0);
  expect(features.cuts.map(({ atSeconds }) => atSeconds)).toEqual([1.5]);
  expect(fractions).toEqual([0.25, 0.5, 0.75, 1]);
});

test('a picture is measured without stored blobs and has no pace', async () => {
  const features = await measurePictures(
    [{ atSeconds: 0, picture: await plainJpeg('#808080') }],
    {},
    quiet(),
  );
  expect(features.frames).toHaveLength(1);
  expect(features.frames[0]!.brightness).toBeCloseTo(0.536, 2);
  expect(features.cuts).toEqual([]);
});

test('a missing frame is refused as such, and so are bytes that are no picture', async () => {
  const [frame] = await storeFrames([await plainJpeg('#808080')]);
  await sweepBlobs(new Set());
  await expect(outputOf(featuresStep.run(inputs([frame!], 1), {}, quiet()))).rejects.toMatchObject({
    name: 'BlobMissingError',
  });
  const text = new Blob(['no picture'], { type: 'text/plain' });
  await expect(measurePictures([{ atSeconds: 0, picture: text }], {}, quiet())).rejects.toMatchObject({
    name: 'PictureUnreadableError',
    message: "A picture was wanted; these 10 bytes of text/plain can't be decoded as one.",
  });
});

test('an abort rejects with its reason, and the next run works', async () => {
  const pictures = [{ atSeconds: 0, picture: await plainJpeg('#808080') }];
  const controller = new AbortController();
  const run = measurePictures(pictures, {}, quiet(controller.signal));
  controller.abort();
  await expect(run).rejects.toMatchObject({ name: 'AbortError' });
  expect((await measurePictures(pictures, {}, quiet())).frames).toHaveLength(1);
});
