import { expect, test } from 'vitest';
import { objectTracks } from '#lib/steps/soundtrack/object-tracks.ts';

const box = (label: string, x: number, score = 0.5) => ({ label, score, x, y: 0.4, width: 0.2, height: 0.2 });
const frame = (atSeconds: number, ...boxes: ReturnType<typeof box>[]) => ({ atSeconds, boxes });
const labels = (...names: string[]) => names.map((label) => ({ label }) as never);
const paths = (cues: ReturnType<typeof objectTracks>) =>
  cues.map(
    ({ label, times }) => `${label} ${times.map(({ atSeconds, x }) => `${atSeconds}:${x}`).join(' ')}`,
  );

test('two objects of one kind are two tracks, each followed to the nearest box', () => {
  const frames = [
    frame(0, box('dog', 0.1), box('dog', 0.7)),
    frame(1, box('dog', 0.6, 0.9), box('dog', 0.2)),
    frame(2, box('dog', 0.5), box('dog', 0.3)),
  ];
  const cues = objectTracks({ frames, labels: labels('dog') }, [], 0, 10);
  expect(paths(cues).sort()).toEqual(['dog 0:0.1 1:0.2 2:0.3', 'dog 0:0.7 1:0.6 2:0.5']);
  expect(cues.map(({ score }) => score).sort()).toEqual([0.5, 0.9]);
});

test('objects of different kinds are never joined', () => {
  const frames = [frame(0, box('dog', 0.1)), frame(1, box('cat', 0.1))];
  expect(paths(objectTracks({ frames, labels: labels('dog', 'cat') }, [], 0, 10))).toEqual([
    'dog 0:0.1',
    'cat 1:0.1',
  ]);
});

test('an object may be missed once, then it is another one', () => {
  const frames = [0, 1, 2, 3, 4, 5].map((at) =>
    frame(at, ...([0, 2, 5].includes(at) ? [box('car', 0.5)] : [])),
  );
  expect(paths(objectTracks({ frames, labels: labels('car') }, [], 0, 10))).toEqual([
    'car 0:0.5 2:0.5',
    'car 5:0.5',
  ]);
});

test('a certain cut ends all tracks, an uncertain one does not', () => {
  const frames = [frame(0, box('car', 0.5)), frame(1, box('car', 0.5)), frame(2, box('car', 0.5))];
  const cuts = [
    { atSeconds: 0.5, weight: 0.3 },
    { atSeconds: 1.5, weight: 0.9 },
  ];
  expect(paths(objectTracks({ frames, labels: labels('car') }, cuts, 0, 10))).toEqual([
    'car 0:0.5 1:0.5',
    'car 2:0.5',
  ]);
});

test('times count from the beginning of the film, and none lies outside', () => {
  const frames = [1, 2, 6, 12].map((at) => frame(at, box('boat', 0.5)));
  const cues = objectTracks({ frames, labels: labels('boat') }, [], 2, 10);
  expect(paths(cues)).toEqual(['boat 0:0.5 4:0.5']);
});

test('removed labels give no tracks', () => {
  const frames = [frame(0, box('tie', 0.5), box('person', 0.4))];
  expect(paths(objectTracks({ frames, labels: labels('person') }, [], 0, 10))).toEqual(['person 0:0.4']);
});
