import { expect, test } from 'vitest';
import { timeLeft } from '#lib/ui/time-left.ts';

test('the time left follows from the time so far', () => {
  expect(timeLeft(0.25, 10_000)).toBe(30_000);
  expect(timeLeft(0.5, 10_000)).toBe(10_000);
});

test('nothing is told too early, and at the end', () => {
  expect([timeLeft(0.01, 60_000), timeLeft(0.5, 500), timeLeft(1, 60_000)]).toEqual([null, null, null]);
});
