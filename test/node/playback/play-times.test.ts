import { expect, test } from 'vitest';
import { PlayTimes } from '#lib/playback/play-times.ts';

test('the position follows the clock from where playback begins', () => {
  const times = new PlayTimes();
  expect(times.secondsAt(7)).toBe(0);
  times.begin(10, 3, 1, 9.9);
  expect([9, 10, 12].map((time) => times.secondsAt(time))).toEqual([3, 3, 5]);
});

test('each round of a loop begins at its start, at the speed that is set', () => {
  const times = new PlayTimes();
  times.begin(10, 3, 0.5, 10);
  times.begin(12, 3, 0.5, 10);
  times.begin(14, 3, 0.5, 10);
  expect([11.5, 12, 13, 14.5].map((time) => times.secondsAt(time))).toEqual([3.75, 3, 3.5, 3.25]);
});

test('a change takes the place of what was to come, and not of what is heard still', () => {
  const times = new PlayTimes();
  times.begin(10, 3, 1, 10);
  times.begin(12, 3, 1, 10);
  times.begin(11, 4, 2, 10.9);
  expect([10.95, 11, 12].map((time) => Number(times.secondsAt(time).toFixed(6)))).toEqual([3.95, 4, 6]);
});
