import { afterAll, beforeAll, expect, test } from 'vitest';
import { optionsByStep } from '#lib/job/options.ts';
import type { Box, ObjectsOptions } from '#lib/job/entries/objects.ts';
import { addOwnModel } from '#lib/models/obtain.ts';
import { deleteWeights, listWeights, weightsFolder } from '#lib/models/weights-folder.ts';
import { findObjects } from '#lib/steps/objects/objects.ts';
import { quiet } from '../../../fixtures/media/step-context.ts';
import { colourPicture, type Patch } from '../../../fixtures/models/colour-picture.ts';
import { tinyClassifier } from '../../../fixtures/models/tiny-classifier.ts';
import { TINY_DETECTORS } from '../../../fixtures/models/tiny-detectors.ts';

const adapter = await navigator.gpu?.requestAdapter();
const RED: Patch = { colour: 'red', x: 0.25, y: 0.25, width: 0.5, height: 0.25 };
const BLUE: Patch = { colour: 'blue', x: 0, y: 0.5, width: 0.25, height: 0.5 };

const models: Record<string, string> = {};
const keep = async (name: string, model: Uint8Array) =>
  addOwnModel(new File([model as Uint8Array<ArrayBuffer>], `${name}.onnx`), quiet().signal);
beforeAll(async () => {
  for (const [name, make] of Object.entries(TINY_DETECTORS)) models[name] = await keep(name, make());
});
afterAll(async () => {
  for (const { name } of await listWeights()) await deleteWeights(name);
});

async function find(options: Partial<ObjectsOptions>, pictures: Blob[], context = quiet()) {
  const timed = pictures.map((picture, at) => ({ picture, atSeconds: at }));
  return findObjects(timed, optionsByStep({ objects: options }).all.objects, context);
}

const BLUE_PLACE = [0, 0.5, 0.25, 0.5];
const RED_PLACE = [0.25, 0.25, 0.5, 0.25];
const placesOf = (boxes: readonly Box[]) =>
  boxes.map((box) => [box.x, box.y, box.width, box.height].map((side) => Math.round(side * 16) / 16)).sort();

test.each(Object.keys(TINY_DETECTORS))(
  'the head "%s" finds the patches of wide, tall and square pictures with WASM',
  async (head) => {
    const sizes = [
      [640, 320],
      [200, 400],
      [64, 64],
    ] as const;
    const pictures = await Promise.all(sizes.map(([w, h]) => colourPicture(w, h, [RED, BLUE])));
    const output = await find({ model: models[head]!, device: 'wasm' }, pictures);
    expect(output.detector).toMatchObject({ head, device: expect.stringMatching(/^wasm × \d$/) as string });
    for (const { boxes } of output.frames) expect(placesOf(boxes)).toEqual([BLUE_PLACE, RED_PLACE]);
    const names = head === 'columns' ? ['blue', 'red'] : ['car', 'person'];
    expect(output.labels.map(({ label, count }) => [label, count])).toEqual(names.map((name) => [name, 3]));
  },
);

// An emulated GPU compiles its shaders for many seconds.
test.skipIf(!adapter)(
  'a GPU finds the same (skipped where the browser offers none)',
  { timeout: 240_000 },
  async () => {
    const picture = await colourPicture(64, 64, [RED, BLUE]);
    const { detector, why, frames } = await find({ model: models['columns']!, device: 'webgpu' }, [picture]);
    expect([detector?.device, why]).toEqual(['webgpu', 'Asked for.']);
    expect(placesOf(frames[0]!.boxes)).toEqual([BLUE_PLACE, RED_PLACE]);
  },
);

test('more pictures than fit into one batch all get their own boxes, with progress', async () => {
  const pictures = await Promise.all(
    Array.from({ length: 9 }, (_, i) => colourPicture(128, 128, i % 2 ? [RED] : [])),
  );
  const reports: number[] = [];
  const context = { ...quiet(), onProgress: (fraction: number) => reports.push(fraction) };
  const { frames } = await find({ model: models['queries']! }, pictures, context);
  expect(frames.map(({ boxes }) => boxes.length)).toEqual([0, 1, 0, 1, 0, 1, 0, 1, 0]);
  expect(reports.at(-1)).toBe(1);
});

test('labels that the user took away are not counted, but their boxes stay for taking them back', async () => {
  const picture = await colourPicture(128, 128, [RED, BLUE]);
  const output = await find({ model: models['boxes']!, removed: ['car'], added: ['gulls'] }, [picture]);
  expect(output.labels.map(({ label }) => label)).toEqual(['person']);
  expect(output.frames[0]!.boxes).toHaveLength(2);
  expect(output).toMatchObject({ removed: ['car'], added: ['gulls'] });
});

test('a higher bar leaves out what is less sure', async () => {
  const picture = await colourPicture(128, 128, [RED]);
  expect((await find({ model: models['boxes']!, minScore: 0.95 }, [picture])).frames[0]!.boxes).toEqual([]);
});

test('without a chosen detector the entry says so, and there are no labels', async () => {
  const output = await find({ model: null }, [await colourPicture(8, 8, [])]);
  expect(output).toMatchObject({ detector: null, labels: [], why: 'No detector was chosen.' });
});

test.each([
  ['weights that are nowhere', 'dfine-n', /weights of “D-FINE nano” are not on this device/],
  ['a model that nobody knows', 'yolo-9000', /no model “yolo-9000”/],
])('%s are one clear sentence', async (_, model, why) => {
  const output = await find({ model }, [await colourPicture(8, 8, [])]);
  expect(output).toMatchObject({ detector: null, labels: [], why: expect.stringMatching(why) as string });
});

test('a model with another head is one clear sentence', async () => {
  const model = await keep('classifier', tinyClassifier());
  const { why, detector } = await find({ model }, [await colourPicture(64, 64, [])]);
  expect([detector, why]).toEqual([null, expect.stringMatching(/^This model is not an object detector/)]);
});

test('weights that were damaged on the device are one clear sentence', async () => {
  const model = await keep('damaged', TINY_DETECTORS.boxes());
  const handle = await (await weightsFolder()).getFileHandle(model);
  const writer = await handle.createWritable({ keepExistingData: true });
  await writer.truncate(200);
  await writer.close();
  const { why, detector } = await find({ model }, [await colourPicture(64, 64, [])]);
  expect([detector, why]).toEqual([
    null,
    expect.stringMatching(/model file ends too early|could not be used/),
  ]);
});

test('a file that is no model is refused when it is brought', async () => {
  const page = new TextEncoder().encode('<!doctype html><html></html>');
  await expect(keep('page', page)).rejects.toMatchObject({ name: 'WeightsCorruptError' });
  expect((await listWeights()).some(({ name }) => name.includes('page'))).toBe(false);
});

test('an unreadable picture is not the model’s fault: it is refused', async () => {
  const broken = new Blob(['no picture'], { type: 'image/png' });
  await expect(find({ model: models['boxes']! }, [broken])).rejects.toMatchObject({
    name: 'PictureUnreadableError',
  });
});

test('it is aborted in mid-work', async () => {
  const abort = new AbortController();
  const pictures = await Promise.all(Array.from({ length: 9 }, () => colourPicture(64, 64, [RED])));
  const context = { signal: abort.signal, onProgress: () => abort.abort() };
  await expect(find({ model: models['columns']! }, pictures, context)).rejects.toMatchObject({
    name: 'AbortError',
  });
});
