import { expect, test } from 'vitest';
import type { Box } from '#lib/job/entries/objects.ts';
import { readColumnsHead } from '#lib/steps/objects/heads/columns-head.ts';
import { withoutUnsureAnimals } from '#lib/steps/objects/unsure-animals.ts';

const box = (label: string, score: number, rival?: Box['rival']): Box => ({
  ...{ label, score, x: 0.1, y: 0.1, width: 0.5, height: 0.5 },
  ...(rival && { rival }),
});
const labelsOf = (frames: Box[][]) =>
  withoutUnsureAnimals(frames).map((boxes) => boxes.map(({ label }) => label));

test('a cat that may be a dog is an animal, also where the score is high', () => {
  expect(labelsOf([[box('cat', 0.95, { label: 'dog', score: 0.13 })]])).toEqual([['animal']]);
});

test('an animal with a low score has no kind; other things keep theirs', () => {
  expect(labelsOf([[box('cow', 0.41), box('bird', 0.41), box('car', 0.41)]])).toEqual([
    ['animal', 'bird', 'car'],
  ]);
});

test('a kind that one frame shows surely stays in all frames', () => {
  const doubtful = box('dog', 0.8, { label: 'cat', score: 0.2 });
  expect(labelsOf([[box('dog', 0.91)], [doubtful], [box('dog', 0.45)]])).toEqual([['dog'], ['dog'], ['dog']]);
  expect(labelsOf([[box('dog', 0.91)], [box('cat', 0.6, { label: 'dog', score: 0.3 })]])).toEqual([
    ['dog'],
    ['animal'],
  ]);
});

test('a rival that is no animal does not count', () => {
  expect(labelsOf([[box('cat', 0.9, { label: 'couch', score: 0.3 })]])).toEqual([['cat']]);
});

test('the columns of a detector tell the next best class of a candidate', () => {
  const data = Float32Array.of(10, 10, 4, 4, 0.1, 0.9, 0.2);
  const [found] = readColumnsHead({ dims: [1, 7, 1], data }, 0, 0.25);
  expect(found).toMatchObject({ classIndex: 1, rival: { classIndex: 2 } });
  expect(found!.rival!.score).toBeCloseTo(0.2);
  const [sure] = readColumnsHead(
    { dims: [1, 7, 1], data: Float32Array.of(10, 10, 4, 4, 0, 0.9, 0.01) },
    0,
    0.25,
  );
  expect(sure).not.toHaveProperty('rival');
});
