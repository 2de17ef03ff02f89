import { expect, test } from 'vitest';
import { hueDegrees, labOf, toLab } from '#lib/media/pixels/lab-image.ts';
import { paint } from './paint.ts';

test.each([
  [
    [255, 255, 255],
    [100, 0, 0],
  ],
  [
    [0, 0, 0],
    [0, 0, 0],
  ],
  [
    [255, 0, 0],
    [53.24, 80.09, 67.2],
  ],
  [
    [0, 255, 0],
    [87.73, -86.18, 83.18],
  ],
  [
    [0, 0, 255],
    [32.3, 79.19, -107.86],
  ],
  [
    [119, 119, 119],
    [50.03, 0, 0],
  ],
] as const)('sRGB %j is %j in CIELAB', (rgb, lab) => {
  const found = labOf(rgb[0], rgb[1], rgb[2]);
  found.forEach((value, i) => expect(value).toBeCloseTo(lab[i]!, 1));
});

test('every pixel has its own position in the planes', () => {
  const { lightness, width } = toLab(
    paint(3, 2, (x, y) => (x === 2 && y === 1 ? [255, 255, 255] : [0, 0, 0])),
  );
  expect(width).toBe(3);
  expect(Array.from(lightness, Math.round)).toEqual([0, 0, 0, 0, 0, 100]);
});

test('hue angles run from 0 to 360 degrees', () => {
  expect(hueDegrees(1, 0)).toBe(0);
  expect(hueDegrees(0, 1)).toBe(90);
  expect(hueDegrees(0, -1)).toBe(270);
});
