import { expect, test } from 'vitest';
import { blockMeans } from '#lib/media/pixels/block-means.ts';
import { boxMean } from '#lib/media/pixels/box-mean.ts';
import { sobel } from '#lib/media/pixels/gradients.ts';
import { orientationHistogram } from '#lib/media/pixels/orientation-histogram.ts';

const plane = (width: number, height: number, at: (x: number, y: number) => number) =>
  Float32Array.from({ length: width * height }, (_, i) => at(i % width, Math.floor(i / width)));

test('a ramp of 3 per pixel to the right has the slope 3 to the right and 0 downwards', () => {
  const { x, y, magnitude } = sobel(
    plane(8, 6, (column) => 3 * column),
    8,
    6,
  );
  const inside = 3 * 8 + 4;
  expect([x[inside], y[inside], magnitude[inside]]).toEqual([3, 0, 3]);
});

test('a ramp downwards has its slope downwards', () => {
  const { x, y } = sobel(
    plane(8, 6, (_, row) => 2 * row),
    8,
    6,
  );
  expect([x[3 * 8 + 4], y[3 * 8 + 4]]).toEqual([0, 2]);
});

test('a flat plane has no slopes, not even at its border', () => {
  expect(
    Math.max(
      ...sobel(
        plane(5, 5, () => 42),
        5,
        5,
      ).magnitude,
    ),
  ).toBe(0);
});

test('a box mean agrees with the mean counted by hand, at the border too', () => {
  const width = 7;
  const height = 5;
  const values = plane(width, height, (x, y) => (x * 7 + y * 3) % 11);
  const means = boxMean(values, width, height, 2);
  for (const [x, y] of [
    [0, 0],
    [3, 2],
    [6, 4],
    [1, 4],
  ] as const) {
    let sum = 0;
    let count = 0;
    for (let v = Math.max(0, y - 2); v <= Math.min(height - 1, y + 2); v++) {
      for (let u = Math.max(0, x - 2); u <= Math.min(width - 1, x + 2); u++) {
        sum += values[v * width + u]!;
        count++;
      }
    }
    expect(means[y * width + x]).toBeCloseTo(sum / count, 4);
  }
});

test('block means are the means of the blocks', () => {
  const means = blockMeans(
    plane(4, 4, (x, y) => (x < 2 ? 10 : 20) + (y < 2 ? 0 : 100)),
    4,
    4,
    2,
    2,
  );
  expect([...means]).toEqual([10, 20, 110, 120]);
});

test('a plane smaller than the grid fills all blocks', () => {
  expect([...blockMeans(Float32Array.of(7), 1, 1, 2, 2)]).toEqual([7, 7, 7, 7]);
});

test('vertical stripes fill the direction of vertical edges only', () => {
  const stripes = plane(64, 64, (x) => (x % 16 < 8 ? 0 : 80));
  const histogram = orientationHistogram(stripes, 64, 64, 4);
  const perDirection = Array.from({ length: 8 }, (_, direction) =>
    histogram.filter((__, i) => i % 8 === direction).reduce((sum, value) => sum + value, 0),
  );
  expect(perDirection[0]).toBeGreaterThan(1);
  expect(Math.max(...perDirection.slice(1))).toBeLessThan(1e-6);
});

test('the histogram of a busy picture has unit length, of an empty one none', () => {
  const length = (histogram: Float32Array) => Math.hypot(...histogram);
  const busy = plane(32, 32, (x, y) => ((x * 31 + y * 17) % 7) * 12);
  expect(length(orientationHistogram(busy, 32, 32, 4))).toBeGreaterThan(0.9);
  expect(
    length(
      orientationHistogram(
        plane(32, 32, () => 50),
        32,
        32,
        4,
      ),
    ),
  ).toBe(0);
});
