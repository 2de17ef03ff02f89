import type { MusicPlan } from '#lib/job/score.ts';

/** A time that a clip is drawn to. */
export interface SnapPoint {
  atSeconds: number;
  kind: 'cut' | 'beat' | 'motion' | 'playhead' | 'marker' | 'edge';
}

/** Beats and movements are many: others that are not much farther away are meant before them. Share of the reach. */
const WEAK = { cut: 0, playhead: 0, marker: 0, edge: 0.2, beat: 0.6, motion: 0.6 } as const;

/** The point that is meant near a time, no farther away than `reachSeconds`; null for none. Points are in ascending order. */
export function nearestPoint(
  points: readonly SnapPoint[],
  seconds: number,
  reachSeconds: number,
): SnapPoint | null {
  const cost = (point: SnapPoint) => costOf(point, seconds, reachSeconds);
  let best: SnapPoint | null = null;
  for (const point of points) {
    const isNear = Math.abs(point.atSeconds - seconds) <= reachSeconds;
    if (isNear && (!best || cost(point) < cost(best))) best = point;
  }
  return best;
}

/** How far away a point is, and how much weaker than others. */
function costOf({ atSeconds, kind }: SnapPoint, seconds: number, reachSeconds: number): number {
  return Math.abs(atSeconds - seconds) + WEAK[kind] * reachSeconds;
}

/** A place for a stretch whose start or end is drawn to a point; null where neither is near one. */
export function snapSpan(
  points: readonly SnapPoint[],
  startSeconds: number,
  lengthSeconds: number,
  reachSeconds: number,
): { startSeconds: number; point: SnapPoint } | null {
  const start = nearestPoint(points, startSeconds, reachSeconds);
  const end = nearestPoint(points, startSeconds + lengthSeconds, reachSeconds);
  if (!start && !end) return null;
  const cost = (point: SnapPoint | null, at: number) => (point ? costOf(point, at, reachSeconds) : Infinity);
  return cost(start, startSeconds) <= cost(end, startSeconds + lengthSeconds)
    ? { startSeconds: start!.atSeconds, point: start! }
    : { startSeconds: Math.max(0, end!.atSeconds - lengthSeconds), point: end! };
}

/** The beats of a plan of music, seconds from the beginning of the film. */
export function beatsOf({ sections }: Pick<MusicPlan, 'sections'>): number[] {
  return sections.flatMap(({ startSeconds, endSeconds, tempoBpm }) => {
    const beat = 60 / tempoBpm;
    const count = Math.max(1, Math.ceil((endSeconds - startSeconds) / beat - 1e-6));
    return Array.from({ length: count }, (_, k) => startSeconds + k * beat);
  });
}

/** Points in ascending order. Where several are equal the first kind counts. */
export function sortedPoints(
  times: readonly (readonly [SnapPoint['kind'], readonly number[]])[],
): SnapPoint[] {
  const points = times.flatMap(([kind, all]) => all.map((atSeconds) => ({ atSeconds, kind })));
  return points.sort((a, b) => a.atSeconds - b.atSeconds);
}
