import type { Box } from '#lib/job/entries/objects.ts';
import { boxOverlap } from '#lib/media/pixels/box-overlap.ts';
import { boxScore } from '#lib/media/pixels/box-score.ts';
import { eitherOf } from '#lib/media/pixels/statistics.ts';

/** The boxes of a frame, and its mean brightness, 0 … 1. */
export interface SeenFrame {
  brightness: number;
  boxes: readonly Box[];
}

/** A box and the number of its frame. */
interface Sight {
  frame: number;
  box: Box;
}

/** All boxes of one kind, with their frames. */
export interface Sightings {
  label: string;
  seen: readonly Sight[];
  /** 0 … 1. */
  certainty: number;
}

/** Boxes below this score are noise. */
const MIN_SCORE = 0.3;
/** Overlap from which on two boxes are at the same place. */
const SAME_PLACE = 0.3;
/** Two kinds with scores of this and more are two things. */
const SURE = 0.8;
/** Weight of a thing that was taken for two kinds. */
const WEIGHT_OF_DISPUTED = 0.85;
/** Of this many people in one frame, each less certain, it is certain that there are people: they support each other. */
const CROWD = 5;
const SUPPORT = 0.5;
const MOST_OF_CROWD = 0.9;
/** In darker frames (mean brightness) a detector guesses more. */
const DARK = 0.18;
const WEIGHT_OF_DARK = 0.7;

/** Kinds that detectors take for each other; where they are at the same place, the surest counts. */
const CONFUSABLE = [
  ['horse', 'cow', 'sheep', 'zebra', 'giraffe', 'elephant', 'bear', 'animal'],
  ['dog', 'cat', 'sheep', 'teddy bear', 'bear', 'animal'],
  ['car', 'truck', 'bus', 'train'],
  ['bicycle', 'motorcycle'],
  ['frisbee', 'sports ball'],
  ['skis', 'snowboard', 'skateboard', 'surfboard'],
  ['cup', 'bowl', 'vase', 'wine glass', 'bottle'],
  ['laptop', 'keyboard', 'tv'],
  ['couch', 'bed', 'chair'],
] as const;

/**
 * Collects the boxes of a span by kind, the most certain first. The certainty is the best score, and less where a kind
 * is in few of the frames: detectors err now and then, but seldom twice in the same way.
 */
export function sightingsOf(frames: readonly SeenFrame[]): Sightings[] {
  const byLabel = new Map<string, Sight[]>();
  frames.forEach(({ boxes, brightness }, frame) => {
    for (const box of boxes) {
      if (box.score < MIN_SCORE) continue;
      const score = boxScore(box) * (brightness < DARK ? WEIGHT_OF_DARK : 1);
      byLabel.set(box.label, [...(byLabel.get(box.label) ?? []), { frame, box: { ...box, score } }]);
    }
  });
  const kept: { label: string; seen: Sight[]; isDisputed: boolean }[] = [];
  for (const [label, seen] of [...byLabel].sort(([, one], [, other]) => bestOf(other) - bestOf(one))) {
    const surer = kept.find((other) => isConfusable(label, other.label) && areOneThing(seen, other.seen));
    if (!surer) kept.push({ label, seen, isDisputed: false });
    else Object.assign(surer, { isDisputed: true }).seen.push(...seen);
  }
  return kept
    .map(({ label, seen, isDisputed }) => ({
      label,
      seen,
      certainty: certaintyOf(label, seen, frames.length) * (isDisputed ? WEIGHT_OF_DISPUTED : 1),
    }))
    .sort((one, other) => other.certainty - one.certainty);
}

function certaintyOf(label: string, seen: readonly Sight[], frameCount: number): number {
  const share = framesOf(seen).size / Math.max(1, frameCount);
  return (
    Math.max(bestOf(seen), label === 'person' ? ofCrowd(seen) : 0) * (0.6 + 0.4 * Math.min(1, 2 * share))
  );
}

/** Certainty of people by the frame that shows most of them; 0 when there are few. */
function ofCrowd(seen: readonly Sight[]): number {
  const crowds = [...framesOf(seen)]
    .map((frame) => seen.filter((one) => one.frame === frame).map(({ box }) => SUPPORT * box.score))
    .filter((scores) => scores.length >= CROWD);
  return Math.min(MOST_OF_CROWD, Math.max(0, ...crowds.map((scores) => eitherOf(...scores))));
}

function bestOf(seen: readonly Sight[]): number {
  return Math.max(...seen.map(({ box }) => box.score));
}

function framesOf(seen: readonly Sight[]): Set<number> {
  return new Set(seen.map(({ frame }) => frame));
}

function isConfusable(one: string, other: string): boolean {
  return CONFUSABLE.some((kinds: readonly string[]) => kinds.includes(one) && kinds.includes(other));
}

/** Whether a less certain kind is the surer one by another name: it is hardly ever seen beside it. */
function areOneThing(seen: readonly Sight[], surer: readonly Sight[]): boolean {
  if (bestOf(seen) >= SURE) return false;
  const frames = framesOf(surer);
  const beside = seen.filter(
    ({ frame, box }) =>
      frames.has(frame) && !surer.some((one) => one.frame === frame && boxOverlap(one.box, box) > SAME_PLACE),
  );
  return framesOf(beside).size <= framesOf(seen).size / 4 || bestOf(surer) >= 0.9;
}
