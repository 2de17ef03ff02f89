import { expect, test } from 'vitest';
import { blockMeans } from '#lib/media/pixels/block-means.ts';
import { toLab } from '#lib/media/pixels/lab-image.ts';
import { motionBetween } from '#lib/steps/features/motion.ts';
import { measureFrame, summarise } from '#lib/steps/features/measure.ts';
import { dice, paint } from '../../media/pixels/paint.ts';

const WIDTH = 128;
const HEIGHT = 72;
type Rule = Parameters<typeof paint>[2];
const sign = (rule: Rule) => blockMeans(toLab(paint(WIDTH, HEIGHT, rule)).lightness, WIDTH, HEIGHT, 64, 36);

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

test('equal frames have no motion', () => {
  const frame = sign(scene(1, FOREST));
  expect(motionBetween(frame, frame, 1)).toBe(0);
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

test('a frame has the most certain of the cuts since the frame before, and the clip has all of them', () => {
  const frames = [0, 2, 4].map((at) => measureFrame(paint(WIDTH, HEIGHT, scene(1, FOREST)), at));
  const cuts = [
    { atSeconds: 0.5, weight: 0.6 },
    { atSeconds: 2, weight: 0.9 },
  ];
  const summary = summarise(frames, 5, cuts);
  expect(summary.frames.map(({ cutLikelihood }) => cutLikelihood)).toEqual([0, 0.9, 0]);
  expect(summary.cuts).toEqual(cuts);
});
