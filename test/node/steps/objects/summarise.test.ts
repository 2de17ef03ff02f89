import { expect, test } from 'vitest';
import { summarise } from '#lib/steps/objects/summarise.ts';

const box = (label: string, x: number, score = 0.5) => ({ label, score, x, y: 0.2, width: 0.1, height: 0.4 });
const FRAMES = [
  { atSeconds: 1, boxes: [box('dog', 0.1), box('dog', 0.3, 0.8), box('cat', 0, 0.7)] },
  { atSeconds: 2, boxes: [] },
  { atSeconds: 4, boxes: [box('dog', 0.5), box('bird', 0.9, 0.7)] },
];

test('a label counts once per frame, and has its times and position', () => {
  const [dog] = summarise(FRAMES);
  expect(dog).toMatchObject({ label: 'dog', count: 2, score: 0.8, firstSeconds: 1, lastSeconds: 4 });
  expect(dog!.x).toBeCloseTo(0.3);
  expect([dog!.y, dog!.width, dog!.height].map((side) => Math.round(side * 10))).toEqual([2, 1, 4]);
});

test('the most frequent come first, equally frequent ones by name, removed ones not at all', () => {
  const names = (removed?: string[]) => summarise(FRAMES, removed).map(({ label }) => label);
  expect(names()).toEqual(['dog', 'bird', 'cat']);
  expect(names(['dog', 'cat'])).toEqual(['bird']);
  expect(summarise([])).toEqual([]);
});

test('a label has to be in more than one frame, or very sure', () => {
  const names = (...scores: (number | null)[]) =>
    summarise(
      scores.map((score, at) => ({ atSeconds: at, boxes: score === null ? [] : [box('cow', 0, score)] })),
    ).map(({ label }) => label);
  expect(names(0.6, null, null)).toEqual([]);
  expect(names(0.66, null, null)).toEqual(['cow']);
  expect(names(0.42, null, 0.41)).toEqual(['cow']);
  expect(names(0.6, null, 0.35)).toEqual([]);
});

test('a single picture is seen once only, so a middling score is enough', () => {
  const names = (score: number) => summarise([{ atSeconds: 0, boxes: [box('cow', 0, score)] }]);
  expect(names(0.5)).toHaveLength(1);
  expect(names(0.4)).toEqual([]);
});
