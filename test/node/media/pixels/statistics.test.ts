import { expect, test } from 'vitest';
import { clamp, deviation, eitherOf, mean, median, smoothstep } from '#lib/media/pixels/statistics.ts';

test('mean, deviation and median of a handful of values are right', () => {
  const values = [2, 4, 4, 4, 5, 5, 7, 9];
  expect([mean(values), deviation(values), median(values)]).toEqual([5, 2, 4.5]);
  expect(median([3, 1, 2])).toBe(2);
});

test('no values give 0', () => {
  expect([mean([]), deviation([]), median([])]).toEqual([0, 0, 0]);
});

test('a smooth step is 0 before, 1 after and a half in the middle', () => {
  expect([0, 1, 2, 3, 4].map((value) => smoothstep(1, 3, value))).toEqual([0, 0, 0.5, 1, 1]);
});

test('one certain event makes it certain that there is at least one', () => {
  expect(eitherOf(0.2, 1, 0)).toBe(1);
  expect(eitherOf(0.5, 0.5)).toBe(0.75);
  expect(eitherOf()).toBe(0);
});

test('a value is clamped to its bounds', () => {
  expect([-1, 0.5, 2].map((value) => clamp(value, 0, 1))).toEqual([0, 0.5, 1]);
});
