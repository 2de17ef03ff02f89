import type { Box } from '#lib/job/entries/objects.ts';
import type { Thing } from '#lib/job/facts.ts';
import { boxOverlap } from '#lib/media/pixels/box-overlap.ts';
import type { Sightings } from './sightings.ts';

/** A box with a higher score counts as one of several things at a time. */
const MIN_SCORE = 0.4;
/** Where so many are seen, those with lower scores are there as well: a crowd is of small, half hidden people. */
const CROWD = 6;
/** A thing that has left more than this part of its box has moved. */
const STAYED = 0.35;
/** The least way across the picture that has a direction. */
const MIN_WAY = 0.15;
/** The least growth of a thing's height that brings it nearer. */
const MIN_GROWTH = 1.5;

/** Counts, places and movements of a kind. @param isCut Whether there is a cut before each frame. */
export function thingOf({ label, seen, certainty }: Sightings, isCut: readonly boolean[]): Thing {
  const byFrame = new Map<number, Box[]>();
  for (const { frame, box } of seen) byFrame.set(frame, [...(byFrame.get(frame) ?? []), box]);
  const frames = [...byFrame].sort(([one], [other]) => one - other);
  const most = Math.max(
    ...frames.map(([, boxes]) => {
      const sure = boxes.filter(({ score }) => score >= MIN_SCORE).length;
      return label === 'person' && boxes.length >= CROWD ? boxes.length : sure;
    }),
  );
  const largest = frames.map(([frame, boxes]) => ({ frame, box: boxes.reduce(larger) }));
  const centre = meanOf(largest.map(({ box }) => box.x + box.width / 2));
  const movedShare = shareOfMoved(frames, isCut);
  const isMoving = movedShare !== null && movedShare > 0.5;
  return {
    label,
    count: most > 4 ? 'many' : most > 1 ? 'some' : 'one',
    certainty,
    isMoving,
    isStanding: movedShare !== null && movedShare < 0.25,
    direction: isMoving && most <= 1 ? directionOf(largest, isCut) : null,
    position: centre < 0.36 ? 'left' : centre > 0.64 ? 'right' : 'middle',
    size: meanOf(seen.map(({ box }) => box.width * box.height)),
  };
}

/** Share of the boxes that have left their place at the next frame of the shot; null without any to compare. */
function shareOfMoved(
  frames: readonly (readonly [number, Box[]])[],
  isCut: readonly boolean[],
): number | null {
  let moved = 0;
  let compared = 0;
  frames.slice(1).forEach(([frame, boxes], i) => {
    const [before, others] = frames[i]!;
    if (frame !== before + 1 || isCut[frame]) return;
    const sure = boxes.filter(({ score }) => score >= MIN_SCORE);
    compared += sure.length;
    moved += sure.filter((box) => !others.some((other) => boxOverlap(box, other) > STAYED)).length;
  });
  return compared > 0 ? moved / compared : null;
}

/** Where a single thing goes within its longest shot. */
function directionOf(
  largest: readonly { frame: number; box: Box }[],
  isCut: readonly boolean[],
): Thing['direction'] {
  let run: typeof largest = [];
  let longest: typeof largest = [];
  for (const one of largest) {
    run = run.length && !isCut[one.frame] ? [...run, one] : [one];
    if (run.length > longest.length) longest = run;
  }
  const [first, last] = [longest[0]!.box, longest.at(-1)!.box];
  const way = last.x + last.width / 2 - first.x - first.width / 2;
  const growth = last.height / first.height;
  if (Math.abs(way) >= MIN_WAY) return way > 0 ? 'right' : 'left';
  if (growth >= MIN_GROWTH) return 'nearer';
  return growth <= 1 / MIN_GROWTH ? 'away' : null;
}

function larger(one: Box, other: Box): Box {
  return other.width * other.height > one.width * one.height ? other : one;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
