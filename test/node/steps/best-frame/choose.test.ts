import { expect, test } from 'vitest';
import { chooseFrame, embedFrame } from '#lib/steps/best-frame/choose.ts';
import type { Embedder } from '#lib/steps/best-frame/embedder.ts';
import { layoutEmbedder } from '#lib/steps/best-frame/layout-embedder.ts';
import { paint } from '../../media/pixels/paint.ts';

type Rule = Parameters<typeof paint>[2];
const embed = (rule: Rule, embedder: Embedder = layoutEmbedder) => embedFrame(paint(64, 36, rule), embedder);
const black: Rule = () => [0, 0, 0];
const hills =
  (shift: number): Rule =>
  (x, y) =>
    y > 20 + 8 * Math.sin((x + shift) / 9) ? [60, 140, 50] : [130, 180, 240];
const street: Rule = (x) => (x % 12 < 6 ? [90, 80, 80] : [180, 170, 160]);

const gap = (one: Float32Array, other: Float32Array) =>
  Math.hypot(...one.map((value, i) => value - other[i]!));

test('the frame in the middle of a movement is chosen, not the different one at its end', async () => {
  const frames = await Promise.all([hills(0), hills(3), hills(6), street].map((rule) => embed(rule)));
  const best = chooseFrame(frames, null, 'layout-1');
  expect(best).toMatchObject({ index: 1, medoid: 1, embedder: 'layout-1' });
  expect(best.distances).toHaveLength(4);
  expect(Math.max(...best.distances)).toBe(best.distances[3]);
});

test('black frames are never chosen, however many there are, unless all are black', async () => {
  const frames = await Promise.all([black, black, black, hills(0), black].map((rule) => embed(rule)));
  expect(chooseFrame(frames, null, 'layout-1').index).toBe(3);
  const blanks = await Promise.all([black, black].map((rule) => embed(rule)));
  expect(chooseFrame(blanks, null, 'layout-1').index).toBe(0);
});

test("the user's choice is used and the medoid stays known; a choice out of range is ignored", async () => {
  const frames = await Promise.all([hills(0), hills(3), hills(6)].map((rule) => embed(rule)));
  expect(chooseFrame(frames, 2, 'layout-1')).toMatchObject({ index: 2, medoid: 1 });
  expect(chooseFrame(frames, 0, 'layout-1')).toMatchObject({ index: 0, medoid: 1 });
  expect(chooseFrame(frames, 3, 'layout-1')).toMatchObject({ index: 1, medoid: 1 });
});

test('any embedder can be put in', async () => {
  const redness: Embedder = {
    name: 'redness',
    embed: (pixels) => Promise.resolve(Float32Array.of(pixels[0]!)),
  };
  const frame = await embed((x) => [200, x, x], redness);
  expect(frame).toEqual({ latent: Float32Array.of(200), isBlank: false });
});

test('the layout latent has 176 numbers whatever the size of the picture', async () => {
  for (const size of [1, 7, 160]) {
    const latent = await layoutEmbedder.embed(paint(size, size, hills(0)).data, size, size);
    expect(latent).toHaveLength(176);
    expect(latent.every(Number.isFinite)).toBe(true);
  }
});

test('where colours and edges are matters, not only which ones', async () => {
  const [left, right, nearly] = await Promise.all(
    [32, 32, 34].map((edge, i) => embed((x) => (x < edge === (i !== 1) ? [200, 40, 40] : [40, 40, 200]))),
  );
  const [across, along] = await Promise.all([
    embed((x) => (x % 8 < 4 ? [80, 80, 80] : [160, 160, 160])),
    embed((_, y) => (y % 8 < 4 ? [80, 80, 80] : [160, 160, 160])),
  ]);
  expect(gap(left!.latent, right!.latent)).toBeGreaterThan(3 * gap(left!.latent, nearly!.latent));
  expect(gap(across.latent, along.latent)).toBeGreaterThan(0.3);
});

test('two pictures in one shifted tone lie as far apart as their ΔE*ab / 100', async () => {
  const [dark, light] = await Promise.all([119, 145].map((grey) => embed(() => [grey, grey, grey])));
  expect(gap(dark!.latent, light!.latent)).toBeCloseTo(0.1, 2);
});
