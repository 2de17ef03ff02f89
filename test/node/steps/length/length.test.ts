import { expect, test } from 'vitest';
import { filmLength } from '#lib/steps/length/length.ts';

test('a video has its own length and its own start', () => {
  const source = { startSeconds: 2, durationSeconds: 10.5 };
  expect(filmLength(source, { durationSeconds: 30 })).toEqual(source);
});

test('a film from a picture has the length that the user wants', () => {
  const still = { startSeconds: 0, durationSeconds: null };
  expect(filmLength(still, { durationSeconds: 5 })).toEqual({ startSeconds: 0, durationSeconds: 5 });
});
