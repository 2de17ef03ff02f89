import type { Box } from '../../../src/lib/job/entries/objects.ts';
import type { Photo } from './photos.ts';

/** Overlap from which on a found box counts as the true one. */
const LEAST_OVERLAP = 0.5;

/** How many of the known things were found, and how many of the found ones are known. */
export interface Score {
  known: number;
  found: number;
  right: number;
}

/**
 * Counts things: a photo's manifest tells how many of each there are at least. What is found beyond that may be there
 * all the same, so the precision that comes of it is a lower bound.
 */
export function countThings({ objects_min: least = {} }: Photo, boxes: readonly Box[]): Score {
  const counts = countLabels(boxes);
  const hits = Object.entries(least).map(([label, many]) => Math.min(many, counts.get(label) ?? 0));
  return { known: sum(Object.values(least)), found: boxes.length, right: sum(hits) };
}

/** Matches boxes with the true ones of their kind, the surest first, at an overlap of half. */
export function matchBoxes(truth: readonly Omit<Box, 'score'>[], found: readonly Box[]): Score {
  const free = [...truth];
  let right = 0;
  for (const box of found.toSorted((a, b) => b.score - a.score)) {
    const at = free.findIndex((other) => other.label === box.label && overlap(other, box) >= LEAST_OVERLAP);
    if (at < 0) continue;
    free.splice(at, 1);
    right++;
  }
  return { known: truth.length, found: found.length, right };
}

/** How often each label occurs. */
export function countLabels(boxes: readonly Box[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { label } of boxes) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}

/** Recall and precision of all photos together, in words. */
export function scoreText(scores: readonly Score[]): string {
  const all = (key: keyof Score) => sum(scores.map((score) => score[key]));
  const percent = (part: number, of: number) => `${((100 * part) / of).toFixed(0)} %`;
  const right = all('right');
  return (
    `recall ${percent(right, all('known'))} (${right} of ${all('known')}), ` +
    `precision ${percent(right, all('found'))} (${right} of ${all('found')})`
  );
}

type Place = Pick<Box, 'x' | 'y' | 'width' | 'height'>;

function overlap(a: Place, b: Place): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  return shared / (a.width * a.height + b.width * b.height - shared);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
