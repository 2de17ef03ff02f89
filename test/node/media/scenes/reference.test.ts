import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { adaptiveCuts } from '#lib/media/scenes/adaptive-cuts.ts';
import { contentCuts } from '#lib/media/scenes/content-cuts.ts';
import { similarityChanges, similarityCuts } from '#lib/media/scenes/self-similarity.ts';

/** Vectors of PySceneDetect and of the V2A scene detector; the tests say so when they are skipped without. */
const FILE = resolve(process.env['IMMERSIVAUDIO_MEDIA'] ?? '../shared/media', '../reference/vectors.json');
const isThere = existsSync(FILE);
const skipped = isThere ? '' : ` (skipped: no ${FILE})`;

interface Vectors {
  content_cuts: { scores: number[]; min_len: number; mode: string; cuts: number[] }[];
  adaptive_cuts: { scores: number[]; cuts: number[] };
  v2a: {
    X: number[][];
    tau: number;
    centering: 'formula' | 'keepdims';
    start: string;
    scenes: [number, number][];
    delta?: number[];
  }[];
}
const vectors = isThere ? (JSON.parse(readFileSync(FILE, 'utf8')) as Vectors) : null;
/** One picture per second, so that numbers of pictures are times. */
const scored = (scores: number[]) => ({ times: scores.map((_, at) => at), scores });

test.skipIf(!isThere)(`content cuts are those of the reference${skipped}`, () => {
  const cases = vectors!.content_cuts.filter(({ mode }) => mode === 'merge');
  expect(cases.length).toBeGreaterThan(3);
  for (const { scores, min_len, cuts } of cases)
    expect(contentCuts(scored(scores), 27, min_len)).toEqual(cuts);
});

test.skipIf(!isThere)(`adaptive cuts are those of the reference${skipped}`, () => {
  const { scores, cuts } = vectors!.adaptive_cuts;
  expect(adaptiveCuts(scored(scores), 3, 15, 15)).toEqual(cuts);
});

test.skipIf(!isThere)(`self-similarity gives the scenes of the reference, in both readings${skipped}`, () => {
  const cases = vectors!.v2a.filter(
    ({ start, centering }) => start === 'after' && centering !== ('numpy' as string),
  );
  expect(cases.length).toBeGreaterThan(3);
  for (const { X, tau, centering, scenes, delta } of cases) {
    const changes = similarityChanges(X, centering === 'keepdims' ? 'rows-and-columns' : 'none');
    delta?.forEach((value, at) => expect(changes[at]).toBeCloseTo(value, 3));
    expect([0, ...similarityCuts(changes, tau)]).toEqual(scenes.map(([from]) => from));
  }
});

test('a burst is one cut, whatever the rate', () => {
  const scores = [0, 1, 1, 1, 50, 1, 1, 1, 1, 1, 40, 45, 60, 1, 1, 1, 1, 1, 1, 1];
  for (const rate of [10, 25]) {
    const times = scores.map((_, at) => at / rate);
    expect(contentCuts({ times, scores }, 27, 4 / rate)).toEqual([4, 10]);
  }
});

test('with τ = 5 fewer than 25 changes have no cut, however large one is', () => {
  const changes = (count: number) => Array.from({ length: count }, (_, at) => (at === 7 ? 1000 : 1));
  expect(similarityCuts(changes(23), 5)).toEqual([]);
  expect(similarityCuts(changes(40), 5)).toEqual([8]);
});
