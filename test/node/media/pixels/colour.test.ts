import { expect, test } from 'vitest';
import { colourName } from '#lib/media/pixels/colour-name.ts';
import { colourfulness } from '#lib/media/pixels/colourfulness.ts';
import { paint } from './paint.ts';

test.each([
  ['#000000', 'black'],
  ['#ffffff', 'white'],
  ['#808080', 'grey'],
  ['#ff0000', 'red'],
  ['#8b0000', 'red'],
  ['#ff8c00', 'orange'],
  ['#8b5a2b', 'brown'],
  ['#ffff00', 'yellow'],
  ['#008000', 'green'],
  ['#556b2f', 'green'],
  ['#87ceeb', 'blue'],
  ['#0000ff', 'blue'],
  ['#000080', 'blue'],
  ['#800080', 'purple'],
  ['#ffc0cb', 'pink'],
])('%s is called %s', (hex, name) => {
  expect(colourName(hex)).toBe(name);
});

test('an invalid colour is refused by name', () => {
  expect(() => colourName('blue')).toThrow(/#rrggbb; "blue" is not/);
});

test('grey has no colourfulness, a patchwork of pure colours all of it', () => {
  const colours = [
    [255, 0, 0],
    [0, 255, 0],
    [0, 0, 255],
    [255, 255, 0],
  ] as const;
  expect(colourfulness(paint(8, 8, (x) => [30 * x, 30 * x, 30 * x]))).toBe(0);
  expect(colourfulness(paint(8, 8, (x, y) => colours[(x + y) % 4]!))).toBe(1);
});

test('colourfulness of one plain red is 0.3 times the length of its opponent colours, out of 109', () => {
  expect(colourfulness(paint(4, 4, () => [200, 0, 0]))).toBeCloseTo((0.3 * Math.hypot(200, 100)) / 109, 9);
});
