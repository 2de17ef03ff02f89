import { expect, test } from 'vitest';
import { divide, editBoundaries } from '#lib/media/scenes/divide.ts';
import type { Boundary } from '#lib/media/scenes/find-boundaries.ts';
import { keyFrameCuts } from '#lib/media/scenes/key-frame-cuts.ts';

const cut = (atSeconds: number, weight = 0.9, kind: Boundary['kind'] = 'cut'): Boundary => ({
  atSeconds,
  kind,
  weight,
  overSeconds: 0,
});
const starts = (boundaries: Boundary[], seconds = 20, least = 2) =>
  divide(0, seconds, boundaries, least).map(({ startSeconds }) => startSeconds);

test('scenes cover the film without gaps', () => {
  const scenes = divide(0, 20, [cut(4), cut(9)], 2);
  expect(scenes).toEqual([
    { startSeconds: 0, endSeconds: 4 },
    { startSeconds: 4, endSeconds: 9 },
    { startSeconds: 9, endSeconds: 20 },
  ]);
});

test('a scene that is too short joins its neighbour at the weaker boundary', () => {
  expect(starts([cut(4, 0.9), cut(5, 0.6)])).toEqual([0, 4]);
  expect(starts([cut(4, 0.6), cut(5, 0.9)])).toEqual([0, 5]);
  expect(starts([cut(1), cut(19)])).toEqual([0]);
});

test('boundaries of the user stay, however short the scene is', () => {
  expect(starts([cut(4, 1, 'user'), cut(4.5, 1, 'user'), cut(5)])).toEqual([0, 4, 4.5]);
});

test('removed boundaries are gone, and added ones take the place of found ones', () => {
  const edited = editBoundaries([cut(3), cut(8), cut(12)], [8.1, 15], [3.05]);
  expect(edited.map(({ atSeconds, kind }) => [atSeconds, kind])).toEqual([
    [8.1, 'user'],
    [12, 'cut'],
    [15, 'user'],
  ]);
});

test('key frames sooner than usual are cuts; a regular stream has none', () => {
  expect(keyFrameCuts([0, 10, 12.5, 22.5, 31, 41])).toEqual([12.5, 31]);
  expect(keyFrameCuts([0, 2, 4, 6, 8, 10])).toEqual([]);
  expect(keyFrameCuts([0, 0.04, 0.08, 0.12])).toEqual([]);
  expect(keyFrameCuts([0, 2.8, 6.8, 12])).toEqual([2.8, 6.8, 12]);
  expect(keyFrameCuts([0])).toEqual([]);
});
