import { expect, test } from 'vitest';
import { lineAt } from '#lib/media/audio/line.ts';

const points = [
  { atSeconds: 1, value: -6 },
  { atSeconds: 3, value: 6 },
  { atSeconds: 3, value: 0 },
  { atSeconds: 4, value: 2 },
];

test('a line is straight between its points and constant outside', () => {
  expect([0, 1, 1.5, 2, 2.9999999].map((seconds) => lineAt(points, seconds))).toEqual([
    ...[-6, -6, -3, 0],
    expect.closeTo(6, 5) as number,
  ]);
  expect([3, 3.5, 4, 99].map((seconds) => lineAt(points, seconds))).toEqual([0, 1, 2, 2]);
});

test('without points there is no line', () => {
  expect(lineAt([], 1)).toBe(0);
  expect(lineAt([], 1, -1)).toBe(-1);
});
