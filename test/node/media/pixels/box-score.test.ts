import { expect, test } from 'vitest';
import { boxScore } from '#lib/media/pixels/box-score.ts';

const box = (label: string, score: number, side = 1) => ({ label, score, width: side, height: side });

test('an unsure box from side to side counts less, a person less so; sure and smaller ones count as they are', () => {
  expect(boxScore(box('cat', 0.7))).toBeCloseTo(0.385);
  expect(boxScore(box('person', 0.7))).toBeCloseTo(0.595);
  expect(boxScore(box('cat', 0.85))).toBe(0.85);
  expect(boxScore(box('cat', 0.7, 0.6))).toBe(0.7);
});
