import type { ScenesOptions } from './entries/scenes.ts';

/** The user's boundaries, and those that the user has removed. */
export type BoundaryEdits = Pick<ScenesOptions, 'added' | 'removed'>;

/** Times are equal within this, seconds. */
const SAME_SECONDS = 0.001;

const without = (times: readonly number[], at: number) =>
  times.filter((time) => Math.abs(time - at) > SAME_SECONDS);

/** With a boundary at a time, seconds from the beginning of the film. */
export function addBoundary({ added, removed }: BoundaryEdits, at: number): BoundaryEdits {
  return { added: [...without(added, at), at].sort((a, b) => a - b), removed: [...removed] };
}

/** Without the boundary at a time: a found one is kept in mind, so that it is not found again. */
export function removeBoundary({ added, removed }: BoundaryEdits, at: number): BoundaryEdits {
  const own = without(added, at);
  if (own.length < added.length) return { added: own, removed: [...removed] };
  return { added: [...added], removed: [...without(removed, at), at].sort((a, b) => a - b) };
}

/** With the boundary at one time moved to another. */
export function moveBoundary(edits: BoundaryEdits, from: number, to: number): BoundaryEdits {
  return addBoundary(removeBoundary(edits, from), to);
}
