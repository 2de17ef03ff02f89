import type { Box } from '#lib/job/entries/objects.ts';

/** Animals that detectors take for each other. */
const ANIMALS = new Set(['cat', 'dog', 'horse', 'sheep', 'cow', 'elephant', 'bear', 'zebra', 'giraffe']);
/** What is sure where the kind is not. */
const ANIMAL = 'animal';
/**
 * Score of another animal in the same place from which on the kind is unsure: where a detector is right, it gives the
 * others less than half of that.
 */
const RIVAL = 0.1;
/** A lower score of an animal leaves its kind open. */
const SURE = 0.5;

/**
 * Calls animals whose kind is unsure in every frame just animals: a wrong kind would get a wrong call. A kind that one
 * frame shows surely stays, also where other frames doubt it.
 */
export function withoutUnsureAnimals(frames: readonly (readonly Box[])[]): Box[][] {
  const isOpen = ({ score, rival }: Box) =>
    score < SURE || (rival !== undefined && ANIMALS.has(rival.label) && rival.score >= RIVAL);
  const sure = new Set(
    frames
      .flatMap((boxes) => boxes.filter((box) => ANIMALS.has(box.label) && !isOpen(box)))
      .map(({ label }) => label),
  );
  return frames.map((boxes) =>
    boxes.map((box) => (ANIMALS.has(box.label) && !sure.has(box.label) ? { ...box, label: ANIMAL } : box)),
  );
}
