import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toLab } from '#lib/media/pixels/lab-image.ts';
import { cutLikelihoods, findCuts } from '#lib/steps/features/cuts.ts';
import { motionBetween } from '#lib/steps/features/motion.ts';
import { colourDistance, layoutDistance, signatureOf } from '#lib/steps/features/signature.ts';
import { dice, paint } from '../../media/pixels/paint.ts';

const WIDTH = 128;
const HEIGHT = 72;
type Rule = Parameters<typeof paint>[2];
const sign = (rule: Rule) => signatureOf(toLab(paint(WIDTH, HEIGHT, rule)));

/** A scene of soft patches, in its own colours, moved sideways by `shift` pixels. */
const scene = (seed: number, tint: readonly [number, number, number], shift = 0): Rule => {
  const roll = dice(seed);
  const patches = Array.from(
    { length: 12 },
    () => [WIDTH * 1.5 * roll(), HEIGHT * roll(), 0.3 + 0.7 * roll()] as const,
  );
  return (x, y) => {
    const near = patches.reduce((best, patch) =>
      Math.hypot(x + shift - patch[0], y - patch[1]) < Math.hypot(x + shift - best[0], y - best[1])
        ? patch
        : best,
    );
    return [tint[0] * near[2], tint[1] * near[2], tint[2] * near[2]];
  };
};
const FOREST = [90, 200, 70] as const;
const SEA = [60, 130, 240] as const;

test('equal frames have no distance and no motion', () => {
  const frame = sign(scene(1, FOREST));
  expect(colourDistance(frame, frame)).toBeCloseTo(0, 3);
  expect(layoutDistance(frame, frame)).toBeCloseTo(0, 6);
  expect(motionBetween(frame, frame, 1)).toBe(0);
});

test('a slight change of exposure is a slight change of colours', () => {
  const frame = scene(1, FOREST);
  const brighter = sign((x, y) => frame(x, y).map((channel) => channel * 1.05) as [number, number, number]);
  expect(colourDistance(sign(frame), brighter)).toBeLessThan(0.15);
});

test('a quarter of the picture that changes within a second is a motion of a half', () => {
  const before = sign(() => [60, 60, 60]);
  const after = sign((x, y) => (x < WIDTH / 2 && y < HEIGHT / 2 ? [200, 200, 200] : [60, 60, 60]));
  expect(motionBetween(before, after, 1)).toBeCloseTo(0.5, 9);
});

test('the same change is less motion over a longer gap, and none over no time', () => {
  const before = sign(scene(1, FOREST));
  const after = sign(scene(1, FOREST, 6));
  expect(motionBetween(before, after, 4)).toBeLessThan(motionBetween(before, after, 1));
  expect(motionBetween(before, after, 0)).toBe(0);
});

test('invisible noise is no motion', () => {
  const roll = dice();
  const noise: Rule = () => {
    const value = 100 + 6 * roll();
    return [value, value, value];
  };
  expect(motionBetween(sign(noise), sign(noise), 1)).toBe(0);
});

test('the one cut between two scenes is found in the middle, and is certain', () => {
  const frames = [0, 1, 2].map((i) => sign(scene(1, FOREST, i)));
  frames.push(...[0, 1, 2].map((i) => sign(scene(7, SEA, i))));
  const cuts = findCuts([0, 2, 4, 6, 8, 10], cutLikelihoods(frames));
  expect(cuts).toHaveLength(1);
  expect(cuts[0]!.atSeconds).toBe(5);
  expect(cuts[0]!.weight).toBeGreaterThan(0.9);
});

test('a montage with a cut between all frames has all of them', () => {
  const tints = [FOREST, SEA, [240, 80, 60], [230, 230, 90], [120, 120, 120]] as const;
  const likelihoods = cutLikelihoods(tints.map((tint, i) => sign(scene(i + 1, tint))));
  expect(findCuts([0, 1, 2, 3, 4], likelihoods)).toHaveLength(4);
});

test('a pan and a change of light are no cuts', () => {
  const pan = [0, 12, 24, 36].map((shift) => sign(scene(1, FOREST, shift)));
  const light = [1, 0.9, 0.8, 0.7].map((factor) =>
    sign(scene(1, FOREST.map((channel) => channel * factor) as unknown as readonly [number, number, number])),
  );
  expect(findCuts([0, 1, 2, 3], cutLikelihoods(pan))).toEqual([]);
  expect(findCuts([0, 1, 2, 3], cutLikelihoods(light))).toEqual([]);
});

test('a title card of one plain colour after another is a cut, though neither has a layout', () => {
  expect(findCuts([0, 2], cutLikelihoods([sign(() => [0, 0, 0]), sign(() => [250, 240, 60])]))).toHaveLength(
    1,
  );
});

test('no frame and one frame have no cuts', () => {
  expect(cutLikelihoods([])).toEqual([]);
  expect(cutLikelihoods([sign(scene(1, SEA))])).toEqual([0]);
});

test('all distances of any two pictures stay between 0 and 1, and are the same both ways', () => {
  const pictures = fc.tuple(fc.integer(), fc.integer({ min: 1, max: 9 })).map(([seed, size]) => {
    const roll = dice(seed);
    return signatureOf(toLab(paint(size, size, () => [256 * roll(), 256 * roll(), 256 * roll()])));
  });
  fc.assert(
    fc.property(pictures, pictures, (one, other) => {
      for (const distance of [colourDistance, layoutDistance]) {
        expect(distance(one, other)).toBeGreaterThanOrEqual(0);
        expect(distance(one, other)).toBeLessThanOrEqual(1);
        expect(distance(one, other)).toBeCloseTo(distance(other, one), 4);
      }
    }),
    { numRuns: 30 },
  );
});
