import type { CameraPoint, Cue } from '#lib/job/score.ts';

type Box = Cue['times'][number];

/** Where the background lies at a time, relative to the beginning. */
export type CameraPath = (atSeconds: number) => { x: number; y: number };

/** Things that stand still by themselves: they move in the picture only with the camera. */
const STANDING = new Set(
  'traffic light|fire hydrant|stop sign|parking meter|bench|potted plant|chair|couch|bed|dining table|toilet|tv|sink|refrigerator|oven|microwave|vase|clock'.split(
    '|',
  ),
);
/** Objects of several kinds that all move alike move with the camera; this many are needed to say so. */
const LEAST_OBJECTS = 3;
/** Largest deviation between objects that move alike, in picture sizes. */
const ALIKE = 0.03;

/**
 * The motion of the camera: as it was measured, else what standing things do, else what all objects do in common. Where
 * none of them says anything, the camera is taken to be still.
 */
export function cameraPath(cues: readonly Cue[], measured: readonly CameraPoint[] | undefined): CameraPath {
  if (measured?.length) return interpolated(measured);
  const times = [...new Set(cues.flatMap((cue) => cue.times.map(({ atSeconds }) => atSeconds)))].sort(
    (a, b) => a - b,
  );
  const points: CameraPoint[] = [];
  let [x, y] = [0, 0];
  for (const [i, atSeconds] of times.entries()) {
    const step = i === 0 ? null : stepBetween(cues, times[i - 1]!, atSeconds);
    x += step?.x ?? 0;
    y += step?.y ?? 0;
    points.push({ atSeconds, x, y });
  }
  return interpolated(points);
}

function stepBetween(cues: readonly Cue[], from: number, to: number): { x: number; y: number } | null {
  const steps = cues.flatMap((cue) => {
    const a = cue.times.find(({ atSeconds }) => atSeconds === from);
    const b = cue.times.find(({ atSeconds }) => atSeconds === to);
    return a && b ? [{ label: cue.label, x: centre(b).x - centre(a).x, y: centre(b).y - centre(a).y }] : [];
  });
  const standing = steps.filter(({ label }) => STANDING.has(label));
  if (standing.length > 0)
    return { x: median(standing.map(({ x }) => x)), y: median(standing.map(({ y }) => y)) };
  if (steps.length < LEAST_OBJECTS || new Set(steps.map(({ label }) => label)).size < 2) return null;
  const common = { x: median(steps.map(({ x }) => x)), y: median(steps.map(({ y }) => y)) };
  const areAlike = steps.every(
    ({ x, y }) => Math.abs(x - common.x) < ALIKE && Math.abs(y - common.y) < ALIKE,
  );
  return areAlike ? common : null;
}

function centre(box: Box): { x: number; y: number } {
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function interpolated(points: readonly CameraPoint[]): CameraPath {
  return (atSeconds) => {
    const after = points.findIndex((point) => point.atSeconds >= atSeconds);
    if (after < 0) return points.at(-1) ?? { x: 0, y: 0 };
    const b = points[after]!;
    const a = points[after - 1];
    if (!a || b.atSeconds === atSeconds) return b;
    const t = (atSeconds - a.atSeconds) / (b.atSeconds - a.atSeconds);
    return { x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t };
  };
}
