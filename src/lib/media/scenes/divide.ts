import { signatureDistance } from '../watch/picture-signature.ts';
import type { Watched } from '../watch/watched.ts';
import type { Boundary } from './find-boundaries.ts';
import { signatureOf } from './windows.ts';

/** A stretch of the film between two boundaries. */
export interface Stretch {
  startSeconds: number;
  endSeconds: number;
}

/** How near a removed boundary was to one that is found now, seconds. */
const SAME_SECONDS = 0.3;
/** Signatures nearer than this are of the same place. */
const ALIKE = 0.18;

/** The boundaries as the user has changed them. @param added, @param removed Times, seconds. */
export function editBoundaries(
  found: readonly Boundary[],
  added: readonly number[],
  removed: readonly number[],
): Boundary[] {
  const isNear = (times: readonly number[], { atSeconds }: Boundary) =>
    times.some((time) => Math.abs(time - atSeconds) <= SAME_SECONDS);
  const own = added.map((atSeconds): Boundary => ({ atSeconds, kind: 'user', weight: 1, overSeconds: 0 }));
  return [...found.filter((one) => !isNear(removed, one) && !isNear(added, one)), ...own].sort(
    (a, b) => a.atSeconds - b.atSeconds,
  );
}

/**
 * Divides a film into scenes of at least a length: as long as one is shorter, the weaker of its two boundaries is left out.
 * Those of the user always stay.
 */
export function divide(
  startSeconds: number,
  endSeconds: number,
  boundaries: readonly Boundary[],
  leastSeconds: number,
): Stretch[] {
  let kept = boundaries.filter(({ atSeconds }) => atSeconds > startSeconds && atSeconds < endSeconds);
  for (;;) {
    const stretches = between(startSeconds, endSeconds, kept);
    const short = stretches
      .map((stretch, at) => ({ seconds: stretch.endSeconds - stretch.startSeconds, at }))
      .filter(({ seconds }) => seconds < leastSeconds)
      .sort((a, b) => a.seconds - b.seconds)
      .find(({ at }) => weaker(kept, at) !== undefined);
    if (!short) return stretches;
    const left = weaker(kept, short.at);
    kept = kept.filter((one) => one !== left);
  }
}

/** The weaker boundary of a scene that may be left out. */
function weaker(boundaries: readonly Boundary[], scene: number): Boundary | undefined {
  return [boundaries[scene - 1], boundaries[scene]]
    .filter((one) => one !== undefined && one.kind !== 'user')
    .sort((a, b) => a!.weight - b!.weight)[0];
}

function between(startSeconds: number, endSeconds: number, boundaries: readonly Boundary[]): Stretch[] {
  const starts = [startSeconds, ...boundaries.map(({ atSeconds }) => atSeconds)];
  return starts.map((from, at) => ({ startSeconds: from, endSeconds: starts[at + 1] ?? endSeconds }));
}

/** For each scene the first one before that looks alike, by index; null for none. */
export function lookAlikes(watched: Watched, scenes: readonly Stretch[]): (number | null)[] {
  const looks = scenes.map(({ startSeconds, endSeconds }) => signatureOf(watched, startSeconds, endSeconds));
  return looks.map((look, at) => {
    const like = looks.findIndex(
      (other, before) => before < at && look && other && signatureDistance(look, other) < ALIKE,
    );
    return like < 0 ? null : like;
  });
}
