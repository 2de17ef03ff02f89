import { expect, test } from 'vitest';
import { cropToContent } from '#lib/media/pixels/content-box.ts';
import { isBlank } from '#lib/media/pixels/is-blank.ts';
import { toLab } from '#lib/media/pixels/lab-image.ts';
import { paint } from './paint.ts';

const size = ({ width, height }: { width: number; height: number }) => [width, height];

test('letterbox bars are removed', () => {
  const film = paint(40, 30, (x, y) => (y < 5 || y >= 25 ? [2, 2, 2] : [100, 5 * x, 50]));
  const cropped = cropToContent(film);
  expect(size(cropped)).toEqual([40, 20]);
  expect([...cropped.data.subarray(0, 4)]).toEqual([100, 0, 50, 255]);
});

test('pillarbox bars are removed', () => {
  expect(size(cropToContent(paint(40, 30, (x) => (x < 8 || x >= 32 ? [0, 0, 0] : [90, 90, 90]))))).toEqual([
    24, 30,
  ]);
});

test('a black sky without a black floor stays', () => {
  expect(size(cropToContent(paint(40, 30, (_, y) => (y < 10 ? [0, 0, 0] : [90, 90, 90]))))).toEqual([40, 30]);
});

test('a black picture stays whole', () => {
  expect(size(cropToContent(paint(40, 30, () => [0, 0, 0])))).toEqual([40, 30]);
});

test('black, white and any flat tone are blank; a gradient and patches of equally light colours are not', () => {
  const blank = (picture: Parameters<typeof toLab>[0]) => isBlank(toLab(picture));
  expect(blank(paint(8, 8, () => [0, 0, 0]))).toBe(true);
  expect(blank(paint(8, 8, (x) => [x, x, x]))).toBe(true);
  expect(blank(paint(8, 8, () => [255, 255, 255]))).toBe(true);
  expect(blank(paint(8, 8, (x) => [30 * x, 30 * x, 30 * x]))).toBe(false);
  expect(blank(paint(8, 8, (x) => (x < 4 ? [190, 90, 90] : [60, 130, 130])))).toBe(false);
});
