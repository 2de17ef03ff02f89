import { describe, expect, test } from 'vitest';
import type { Looks } from '#lib/media/follow/follow-box.ts';
import { BLOCKS, COLUMNS } from '#lib/media/watch/picture-grid.ts';
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

describe('with small pictures between the frames', () => {
  const texture = (x: number, y: number) => 160 + 50 * Math.sin(0.9 * x + 1) * Math.cos(0.7 * y);

  /** Five pictures a second of cars of 16 × 9 blocks; each car is given by its left edge, 0 … 1. */
  function looksAt(cars: (seconds: number) => number[], seconds: number): Looks {
    const lookTimes = Float64Array.from({ length: seconds * 5 + 1 }, (_, at) => at / 5);
    const looks = new Uint8Array(lookTimes.length * BLOCKS).fill(60);
    lookTimes.forEach((at, index) => {
      for (const car of cars(at))
        for (let row = 14; row < 23; row++)
          for (let column = 0; column < 16; column++) {
            const x = Math.round(car * COLUMNS) + column;
            if (x >= 0 && x < COLUMNS) looks[index * BLOCKS + row * COLUMNS + x] = texture(column, row);
          }
    });
    return { lookTimes, looks };
  }
  const car = (x: number) => ({ ...box('car', x), y: 14 / 36, width: 0.25, height: 0.25 });
  const tracks = (frames: ReturnType<typeof frame>[], looks: Looks) =>
    objectTracks({ frames, labels: labels('car') }, [], 0, 10, looks);

  test('an object has several places a second, which are no looks of the detector', () => {
    const at = (seconds: number) => 0.1 + 0.15 * seconds;
    const [cue] = tracks(
      [0, 2, 4].map((seconds) => frame(seconds, car(at(seconds)))),
      looksAt((seconds) => [at(seconds)], 4),
    );
    expect(cue!.times).toHaveLength(21);
    expect(cue!.times.filter(({ isFollowed }) => !isFollowed).map(({ atSeconds }) => atSeconds)).toEqual([
      0, 2, 4,
    ]);
    for (const { atSeconds, x } of cue!.times) expect(Math.abs(x - at(atSeconds))).toBeLessThan(0.03);
  });

  test('a car that leaves, and one that comes, are two, and are there from edge to edge', () => {
    const first = (seconds: number) => 0.5 + 0.4 * seconds;
    const second = (seconds: number) => -0.9 + 0.4 * seconds;
    const cues = tracks(
      [frame(0, car(first(0))), frame(3, car(second(3)))],
      looksAt((seconds) => [first(seconds), second(seconds)], 4),
    );
    expect(cues).toHaveLength(2);
    const [gone, come] = cues;
    expect(gone!.times.at(-1)!.atSeconds).toBeGreaterThan(0.5);
    expect(gone!.times.at(-1)!.atSeconds).toBeLessThan(1.3);
    expect(come!.times[0]!.atSeconds).toBeGreaterThan(1.7);
    expect(come!.times[0]!.atSeconds).toBeLessThan(2.7);
    for (const { x, width } of cues.flatMap(({ times }) => times)) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(1 + 1e-9);
    }
  });

  test('nothing is followed beyond a cut', () => {
    const looks = looksAt(() => [0.3], 4);
    const cues = objectTracks(
      { frames: [frame(0, car(0.3)), frame(3, car(0.3))], labels: labels('car') },
      [{ atSeconds: 1.5, weight: 0.9 }],
      0,
      10,
      looks,
    );
    expect(cues.map(({ times }) => [times[0]!.atSeconds, times.at(-1)!.atSeconds])).toEqual([
      [0, 1.4],
      [1.6, 4],
    ]);
  });
});
