import * as ort from 'onnxruntime-web';
import { expect, test } from 'vitest';
import { chooseHead, type OutputShape } from '#lib/steps/objects/heads/head.ts';
import { letterbox, writePlanes } from '#lib/steps/objects/letterbox.ts';
import { toBox } from '#lib/steps/objects/to-box.ts';
import { TINY_DETECTORS } from '../../../fixtures/models/tiny-detectors.ts';

const SIDE = 64;
const INPUT = { width: SIDE, height: SIDE };
const RED = [255, 0, 0];
const BLUE = [0, 0, 255];

/** Planes of a grey picture with patches of one colour each: [colour, left, top, right, bottom]. */
function planes(...patches: [number[], number, number, number, number][]): Float32Array {
  const rgba = new Uint8ClampedArray(SIDE * SIDE * 4).fill(114);
  for (const [colour, left, top, right, bottom] of patches) {
    for (let y = top; y < bottom; y++)
      for (let x = left; x < right; x++) rgba.set(colour, (y * SIDE + x) * 4);
  }
  const target = new Float32Array(3 * SIDE * SIDE);
  writePlanes(rgba, target);
  return target;
}

async function detect(model: Uint8Array, pictures: Float32Array[]) {
  const session = await ort.InferenceSession.create(model);
  const head = chooseHead(session.outputMetadata as readonly OutputShape[]);
  const data = Float32Array.from(pictures.flatMap((picture) => [...picture]));
  const image = new ort.Tensor('float32', data, [pictures.length, 3, SIDE, SIDE]);
  const outputs = await session.run({ [session.inputNames[0]!]: image });
  const fit = letterbox(INPUT, INPUT, true);
  return pictures.map((_, at) =>
    head
      .read(outputs as never, at, INPUT, 0.25)
      .map((found) => toBox(found, fit, ['red', 'green', 'blue'])!)
      .map(({ label, score, x, y, width, height }) => ({
        label,
        isSure: score > 0.85,
        at: [x, y, width, height].map((part) => Math.round(part * SIDE)),
      })),
  );
}

const HEADS = Object.entries(TINY_DETECTORS);

test.each(HEADS)('the head "%s" of a real graph finds each patch where it is', async (name, make) => {
  const pictures = [planes([RED, 8, 16, 40, 48], [BLUE, 48, 0, 64, 64])];
  const [found] = await detect(make(), pictures);
  expect(
    found!.sort((a, b) => (a.label < b.label ? 1 : -1)),
    name,
  ).toEqual([
    { label: 'red', isSure: true, at: [8, 16, 32, 32] },
    { label: 'blue', isSure: true, at: [48, 0, 16, 64] },
  ]);
});

test.each(HEADS)('the head "%s" finds nothing in plain grey', async (_, make) => {
  expect(await detect(make(), [planes()])).toEqual([[]]);
});

test.each(HEADS.filter(([name]) => name !== 'boxes'))(
  'the head "%s" keeps the pictures of a batch apart',
  async (_, make) => {
    const found = await detect(make(), [
      planes([RED, 0, 0, 32, 32]),
      planes(),
      planes([BLUE, 32, 32, 64, 64]),
    ]);
    expect(found.map((boxes) => boxes.map(({ label, at }) => [label, ...at].join(' ')))).toEqual([
      ['red 0 0 32 32'],
      [],
      ['blue 32 32 32 32'],
    ]);
  },
);
