import { expect, test } from 'vitest';
import { toPlanes } from '#lib/steps/features/frame-planes.ts';
import { measureStill } from '#lib/steps/features/still-features.ts';
import { dice, paint } from '../../media/pixels/paint.ts';

const measure = (picture: Parameters<typeof toPlanes>[0]) => measureStill(toPlanes(picture));

test('an all red picture is warm, saturated, without contrast, edges and regions', () => {
  const red = measure(paint(64, 48, () => [255, 0, 0]));
  expect(red.brightness).toBeCloseTo(0.532, 2);
  expect(red.warmth).toBe(1);
  expect(red.saturation).toBeCloseTo(0.89, 2);
  expect([red.contrast, red.edgeDensity]).toEqual([0, 0]);
  expect(red.palette).toEqual([{ colour: '#ff0000', share: 1 }]);
  expect(Object.values(red.regions)).toEqual(Array(8).fill(0));
});

test('a blue picture is cool, a grey one neither warm nor cool', () => {
  expect(measure(paint(32, 32, () => [40, 90, 220])).warmth).toBeLessThan(-0.5);
  expect(measure(paint(32, 32, () => [128, 128, 128])).warmth).toBeCloseTo(0, 2);
});

test('black and white have the brightness 0 and 1, a middle grey a half', () => {
  const grey = (byte: number) => measure(paint(16, 16, () => [byte, byte, byte])).brightness;
  expect(grey(0)).toBe(0);
  expect(grey(255)).toBeCloseTo(1, 5);
  expect(grey(119)).toBeCloseTo(0.5, 2);
});

test('a checkerboard of black and white has full contrast, and edges everywhere', () => {
  const board = measure(paint(64, 64, (x, y) => (((x >> 1) + (y >> 1)) % 2 ? [255, 255, 255] : [0, 0, 0])));
  expect(board.contrast).toBeCloseTo(1, 3);
  expect(board.edgeDensity).toBeGreaterThan(0.9);
  expect(board.colourfulness).toBe(0);
});

test('a gradient has contrast and no edges', () => {
  const ramp = measure(paint(256, 64, (x) => [x, x, x]));
  expect(ramp.contrast).toBeGreaterThan(0.5);
  expect(ramp.edgeDensity).toBe(0);
});

test('the noise of a nearly black picture is not taken for saturation', () => {
  const roll = dice();
  const night = measure(paint(64, 64, () => [4 * roll(), 4 * roll(), 4 * roll()]));
  const paintPot = measure(paint(64, 64, () => [200, 40, 30]));
  expect(night.saturation * night.brightness).toBeLessThan(0.01);
  expect(paintPot.saturation).toBeGreaterThan(0.7);
});
