import { expect, test } from 'vitest';
import { askedTimes, askedTimesInShots, frameCount } from '#lib/steps/frames/asked-times.ts';
import { requestsNear } from '#lib/steps/frames/near-times.ts';
import { fitInto } from '#lib/steps/frames/frame-request.ts';

test.each([
  [0.3, 1],
  [1, 1],
  [1.3, 1],
  [1.5, 2],
  [10, 10],
  [60, 18],
  [600, 28],
])('%s s are represented by %s frames', (seconds, count) => {
  expect(frameCount(seconds, 10)).toBe(count);
});

test('a length of 0 still gives one frame', () => {
  expect(frameCount(0, 10)).toBe(1);
});

test('a larger k gives more frames per decade', () => {
  expect(frameCount(100, 25)).toBe(50);
});

test('requested times are the centres of equal parts, from the first picture on', () => {
  expect(askedTimes(0, 10, 5)).toEqual([1, 3, 5, 7, 9]);
  expect(askedTimes(2, 0.5, 1)).toEqual([2.25]);
});

test('scenes that have no time get one, and shots of a second; shorter shots do not', () => {
  const shots = [2, 2.4, 6.2, 7.9, 8.4];
  // Of 1, 3, 5, 7 and 9, none lies in 2 … 2.4, nor in 7.9 … 8.4.
  expect(askedTimesInShots(0, 10, 5, { shots, scenes: [2, 2.4] })).toEqual([1, 2.2, 3, 5, 7, 9]);
  const few = askedTimesInShots(0, 10, 1, { shots, scenes: [] });
  expect(few.map((time) => Math.round(time * 100) / 100)).toEqual([1, 5, 7.05, 9.2]);
});

test('a picture is taken from the shot of its time, and not from its very beginning', () => {
  const requests = requestsNear([1, 3], [0, 2], 1.5, [2]);
  expect(requests).toEqual([
    { askedSeconds: 1, decodeSeconds: 0, keySeconds: 0 },
    { askedSeconds: 3, decodeSeconds: 2, keySeconds: 2 },
  ]);
  expect(requestsNear([3], [0], 1.5, [2])[0]!.decodeSeconds).toBe(2.25);
});

test('a key frame within reach replaces the requested time; elsewhere the earliest picture within reach', () => {
  const requests = requestsNear([1, 3, 5], [0, 1.5, 4.2, 5.6], 0.7);
  expect(requests).toEqual([
    { askedSeconds: 1, decodeSeconds: 1.5, keySeconds: 1.5 },
    { askedSeconds: 3, decodeSeconds: 2.3, keySeconds: 1.5 },
    { askedSeconds: 5, decodeSeconds: 5.6, keySeconds: 5.6 },
  ]);
});

test('a picture is never requested before its key frame', () => {
  expect(requestsNear([2], [1.2], 0.7)).toEqual([{ askedSeconds: 2, decodeSeconds: 1.3, keySeconds: 1.2 }]);
  expect(requestsNear([2], [1.2, 2.9], 0.79)).toEqual([
    { askedSeconds: 2, decodeSeconds: 1.21, keySeconds: 1.2 },
  ]);
});

test('without a reach every request is decoded from the key frame before it', () => {
  expect(requestsNear([1], [0, 1.01], 0)).toEqual([{ askedSeconds: 1, decodeSeconds: 1, keySeconds: 0 }]);
  expect(requestsNear([1], [], 0.5)).toEqual([{ askedSeconds: 1, decodeSeconds: 1, keySeconds: null }]);
});

test('a picture is fitted into a square without changing its shape, and never enlarged', () => {
  expect(fitInto(1920, 1080, 640)).toEqual([640, 360]);
  expect(fitInto(1080, 1920, 640)).toEqual([360, 640]);
  expect(fitInto(320, 200, 640)).toEqual([320, 200]);
  expect(fitInto(10_000, 2, 640)).toEqual([640, 1]);
});
