import type { Cue } from '#lib/job/score.ts';
import { boxScore } from '#lib/media/pixels/box-score.ts';
import { mean } from '#lib/media/pixels/statistics.ts';
import { clamp } from '../dsp/maths.ts';
import type { CameraPath } from './camera.ts';
import { weigh, type Evidence } from './evidence.ts';

type Box = Cue['times'][number];

/** A box's centre wanders by this share of its size even when nothing moves, at least. */
const LEAST_JITTER = 0.05;
/** What moves less than this many times the jitter stands. */
const JITTERS = 3;
/** A thing moves from this speed on, in its own sizes per second. */
const LEAST_SPEED = 0.06;
/** Two boxes further apart than this many of their sizes may be two things. */
const LONGEST_STEP = 1.2;
/** Boxes further apart in time than this are too sparse to see turns. */
const SPARSE_SECONDS = 0.4;
const CLOSE_GAP_SECONDS = 1.5;
/** With so many boxes of the detector its path is known. */
const ENOUGH_BOXES = 3;
/** Distance of boxes that show motion rather than jitter. */
const STEP_SECONDS = 0.8;
/** Distance of the pictures in which things are followed: what is lost in the next one is in sight until then. */
const FOLLOWED_SECONDS = 0.2;
/** What is so near to an edge of the picture may go on beyond it. */
const EDGE = 0.02;
/** Motion is measured over this long. */
const WINDOW_SECONDS = 1;

/** When and how well a film was looked at. */
export interface Looks {
  /** Ascending. */
  seconds: readonly number[];
  durationSeconds: number;
  camera: CameraPath;
}

/** One object over time: how sure it is, when it is seen, where, how near, and how it moves. */
export class ObjectTrack {
  readonly label: string;
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** Mean area as a share of the picture, 0 … 1. */
  readonly area: number;
  /** 0.03 near … 0.85 far, from the mean height of the box. */
  readonly distance: number;
  readonly evidence: Evidence;
  readonly boxes: readonly Box[];
  /** Those of the detector; the others were followed. */
  readonly detected: readonly Box[];
  /** True when only one of several looks saw it. */
  readonly isSingle: boolean;
  /**
   * The boxes by which motion is told from jitter: those of the detector, where there are enough; what follows its object from
   * picture to picture drifts, when that turns or bends.
   */
  readonly #steps: readonly Box[];
  readonly #score: number;
  readonly #camera: CameraPath;
  /** How far its centre wanders without moving, in picture sizes. */
  readonly #jitter: number;

  constructor(cue: Cue, { seconds, durationSeconds, camera }: Looks, rivalScore = 0) {
    const boxes = [...cue.times].sort((a, b) => a.atSeconds - b.atSeconds);
    const detected = boxes.filter(({ isFollowed }) => !isFollowed);
    this.label = cue.label;
    this.#score = cue.score;
    this.boxes = boxes;
    this.detected = detected;
    this.#camera = camera;
    // An object in the first look is there from the start.
    const isFirst = (seconds[0] ?? 0) >= (detected[0]?.atSeconds ?? 0);
    this.startSeconds = isFirst ? 0 : boxes[0]!.atSeconds;
    this.endSeconds = endOf(boxes, detected, seconds, durationSeconds);
    this.area = mean(boxes.map((box) => box.width * box.height));
    this.distance = clamp(1 - 1.2 * mean(boxes.map((box) => box.height)), 0.03, 0.85);
    this.#steps = detected.length >= ENOUGH_BOXES ? detected : apartInTime(boxes);
    this.#jitter = jitterOf(this.#steps, camera);
    this.isSingle = detected.length === 1 && seconds.length > 3;
    this.evidence = weigh({
      scores: detected.map(({ score = cue.score, ...box }) => boxScore({ ...box, score, label: cue.label })),
      looks: seconds.length,
      area: this.area,
      seconds: this.endSeconds - this.startSeconds,
      rivalScore,
    });
  }

  /** The highest score of its looks, 0 … 1. */
  get bestScore(): number {
    return Math.max(...this.detected.map(({ score }) => score ?? this.#score));
  }

  get seconds(): number {
    return this.endSeconds - this.startSeconds;
  }

  /** True when its boxes are too far apart in time to see turns of its path. */
  get isSparse(): boolean {
    const [first, last] = [this.boxes[0], this.boxes.at(-1)];
    if (!first || !last || first === last) return true;
    return (last.atSeconds - first.atSeconds) / (this.boxes.length - 1) > SPARSE_SECONDS;
  }

  /** Pan at a time, -0.9 … 0.9, interpolated between the boxes. */
  panAt(seconds: number): number {
    const { x, width } = this.boxAt(seconds);
    return clamp((x + width / 2 - 0.5) * 1.8, -0.9, 0.9);
  }

  /** Its place at a time, interpolated between the boxes. */
  boxAt(seconds: number): Box {
    const { boxes } = this;
    const after = boxes.findIndex((box) => box.atSeconds >= seconds);
    if (after <= 0) return boxes.at(after)!;
    const [a, b] = [boxes[after - 1]!, boxes[after]!];
    const t = (seconds - a.atSeconds) / (b.atSeconds - a.atSeconds);
    const between = (of: 'x' | 'y' | 'width' | 'height') => a[of] + (b[of] - a[of]) * t;
    return {
      atSeconds: seconds,
      x: between('x'),
      y: between('y'),
      width: between('width'),
      height: between('height'),
    };
  }

  /** When it is largest, in the middle of the time for which it is: a thing that passes is nearest then. */
  get nearestSeconds(): number {
    const areas = this.boxes.map((box) => box.width * box.height);
    const most = Math.max(...areas);
    return mean(this.boxes.filter((_, i) => areas[i]! > 0.9 * most).map(({ atSeconds }) => atSeconds));
  }

  /** Speed with the camera's motion taken off, in its own sizes per second; 0 for a single box. */
  get speed(): number {
    const boxes = this.#steps;
    const [first, last] = [boxes[0], boxes.at(-1)];
    if (!first || !last || first === last) return 0;
    let path = 0;
    for (let i = 1; i < boxes.length; i++)
      path += apart(boxes[i - 1]!, boxes[i]!, this.#camera) / sizeOf(boxes[i]!);
    return path / Math.max(0.04, last.atSeconds - first.atSeconds);
  }

  /** True when it changes its place by more than its boxes wander, and at a visible speed. */
  get isMoving(): boolean {
    return this.movingStretches().length > 0;
  }

  /** True when its boxes follow each other so far apart that they may be those of several things: a stream of cars. */
  get isStream(): boolean {
    const steps = this.boxes.slice(1).map((box, i) => apart(this.boxes[i]!, box, this.#camera) / sizeOf(box));
    return steps.filter((step) => step > LONGEST_STEP).length > steps.length / 2;
  }

  /** The intervals in which it moves; short gaps are closed. */
  movingStretches(): [startSeconds: number, endSeconds: number][] {
    const stretches: [number, number][] = [];
    for (let i = 1; i < this.#steps.length; i++) {
      const [a, b] = [this.#steps[i - 1]!, this.#steps[i]!];
      const [way, seconds] = this.#wayAround(a, b);
      if (way < JITTERS * this.#jitter) continue;
      if (way / sizeOf(b) / Math.max(seconds, WINDOW_SECONDS / 2) < LEAST_SPEED) continue;
      const last = stretches.at(-1);
      if (last && a.atSeconds - last[1] < CLOSE_GAP_SECONDS) last[1] = b.atSeconds;
      else stretches.push([a.atSeconds, b.atSeconds]);
    }
    return stretches;
  }

  /** The times in seconds at which its path turns sharply at speed (a ball that is hit), at least 0.25 s apart. */
  turns(): number[] {
    const found: number[] = [];
    for (let i = 1; i + 1 < this.boxes.length; i++) {
      const [a, b, c] = [this.boxes[i - 1]!, this.boxes[i]!, this.boxes[i + 1]!];
      const before = velocity(a, b);
      const after = velocity(b, c);
      const change = distance(after[0] - before[0], after[1] - before[1]);
      const isSharp = before[0] * after[0] + before[1] * after[1] < 0;
      if (isSharp && change > 0.5 && b.atSeconds - (found.at(-1) ?? -1) > 0.25) found.push(b.atSeconds);
    }
    return found;
  }

  /**
   * How far the centre moves around the step from a box to the next, in a window in which motion outgrows the jitter of the
   * boxes, and how long that takes.
   */
  #wayAround(a: Box, b: Box): [way: number, seconds: number] {
    const middle = (a.atSeconds + b.atSeconds) / 2;
    const window = Math.max(WINDOW_SECONDS, 2 * (b.atSeconds - a.atSeconds));
    const near = this.#steps.filter(({ atSeconds }) => Math.abs(atSeconds - middle) <= window / 2 + 0.01);
    const [first, last] = near.length < 2 ? [a, b] : [near[0]!, near.at(-1)!];
    return [apart(first, last, this.#camera), last.atSeconds - first.atSeconds];
  }
}

/** Boxes that lie about a second apart, the first and the last among them. */
function apartInTime(boxes: readonly Box[]): Box[] {
  const kept: Box[] = [];
  for (const box of boxes)
    if (kept.length === 0 || box.atSeconds - kept.at(-1)!.atSeconds >= STEP_SECONDS) kept.push(box);
  return [...new Set([...kept.slice(0, Math.max(1, kept.length - 1)), ...boxes.slice(-1)])];
}

/** When an object disappears: where it leaves the picture at a side, else at the first look without it. */
function endOf(
  boxes: readonly Box[],
  detected: readonly Box[],
  looks: readonly number[],
  durationSeconds: number,
): number {
  const last = detected.at(-1)?.atSeconds ?? 0;
  const without = looks.find((at) => at > last) ?? durationSeconds;
  const { atSeconds, x, width } = boxes.at(-1) ?? { atSeconds: last, x: 0, width: 1 };
  if (atSeconds === last) return without;
  const isAtSide = x <= EDGE || x + width >= 1 - EDGE;
  return isAtSide ? Math.min(atSeconds + FOLLOWED_SECONDS, durationSeconds) : Math.max(without, atSeconds);
}

/**
 * How far the centre of boxes wanders by itself: from the second differences of its path, which are 0 for steady motion
 * (their deviation is √6 times that of the boxes), in picture sizes.
 */
function jitterOf(boxes: readonly Box[], camera: CameraPath): number {
  const least = LEAST_JITTER * mean(boxes.map(sizeOf));
  if (boxes.length < 5) return least;
  const seconds = boxes.slice(2).map((c, i) => {
    const [a, b] = [boxes[i]!, boxes[i + 1]!];
    const t = (b.atSeconds - a.atSeconds) / Math.max(1e-6, c.atSeconds - a.atSeconds);
    const bend = (of: 'x' | 'y') => {
      const at = (box: Box) => centre(box)[of] - camera(box.atSeconds)[of];
      return at(b) - (at(a) + (at(c) - at(a)) * t);
    };
    return distance(bend('x'), bend('y')) / Math.sqrt(1.5);
  });
  const middle = [...seconds].sort((a, b) => a - b)[seconds.length >> 1]!;
  return clamp(middle, least, 3 * least);
}

/** How far a box lies from another, in picture sizes, without the camera. */
function apart(a: Box, b: Box, camera: CameraPath): number {
  const [before, after] = [camera(a.atSeconds), camera(b.atSeconds)];
  return distance(
    way([a.x, a.width], [b.x, b.width], after.x - before.x),
    way([a.y, a.height], [b.y, b.height], after.y - before.y),
  );
}

/**
 * How far a side has moved: both of its ends do when a thing moves, but only one when it bends, reaches out or is covered.
 * An end at the edge of the picture says nothing, since the thing may go on beyond it.
 */
function way([from, size]: [number, number], [to, length]: [number, number], camera: number): number {
  const isInside = (at: number) => at > EDGE && at < 1 - EDGE;
  const ends = [
    [from, to],
    [from + size, to + length],
  ].filter(([start, end]) => isInside(start!) && isInside(end!));
  const middle = [from + size / 2, to + length / 2];
  const said = ends.length === 1 ? ends : [middle, ...ends];
  return Math.min(...said.map(([start, end]) => Math.abs(end! - start! - camera)));
}

/** Side length of a square of the area of a box. */
function sizeOf({ width, height }: Box): number {
  return Math.max(0.005, Math.sqrt(width * height));
}

function centre(box: Box): { x: number; y: number } {
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

function velocity(a: Box, b: Box): [number, number] {
  const seconds = Math.max(0.04, b.atSeconds - a.atSeconds);
  const [p, q] = [centre(a), centre(b)];
  return [(q.x - p.x) / seconds, (q.y - p.y) / seconds];
}

/** Not `Math.hypot`, whose last bit may differ between engines; `Math.sqrt` is exact in all of them. */
function distance(x: number, y: number): number {
  return Math.sqrt(x * x + y * y);
}
