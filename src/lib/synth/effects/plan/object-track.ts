import type { Cue } from '#lib/job/score.ts';
import { clamp } from '../../dsp/maths.ts';

type Box = Cue['times'][number];

/** Speed of the centre of the box, in picture sizes per second, above which an object counts as moving. */
const MOVING = 0.02;

/** The boxes of one object over time: when it is seen, where, how near, and how it moves. */
export class ObjectTrack {
  readonly label: string;
  readonly score: number;
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** Mean area as a share of the picture, 0 … 1. */
  readonly area: number;
  /** 0.03 near … 0.85 far, from the mean height of the box. */
  readonly distance: number;
  readonly #boxes: readonly Box[];
  readonly #gapSeconds: number;

  /** @param samplesSeconds The times of all analysed frames, ascending. */
  constructor(cue: Cue, samplesSeconds: readonly number[], durationSeconds: number) {
    const boxes = [...cue.times].sort((a, b) => a.atSeconds - b.atSeconds);
    const first = boxes[0]?.atSeconds ?? 0;
    const last = boxes.at(-1)?.atSeconds ?? 0;
    this.label = cue.label;
    this.score = cue.score;
    this.#boxes = boxes;
    // An object in the first analysed frame is there from the start; each stays until the first frame without it.
    this.startSeconds = samplesSeconds[0] === first ? 0 : first;
    this.endSeconds = samplesSeconds.find((at) => at > last) ?? durationSeconds;
    this.#gapSeconds = boxes.length > 1 ? (last - first) / (boxes.length - 1) : Infinity;
    const mean = (of: (box: Box) => number) =>
      boxes.reduce((sum, box) => sum + of(box), 0) / Math.max(1, boxes.length);
    this.area = mean((box) => box.width * box.height);
    this.distance = clamp(1 - 1.2 * mean((box) => box.height), 0.03, 0.85);
  }

  get seconds(): number {
    return this.endSeconds - this.startSeconds;
  }

  /** True when its boxes are more than 0.4 s apart, too sparse to see turns of its path. */
  get isSparse(): boolean {
    return this.#gapSeconds > 0.4;
  }

  /** Pan at a time, -0.9 … 0.9, interpolated between the boxes. */
  panAt(seconds: number): number {
    const at = (box: Box) => clamp((box.x + box.width / 2 - 0.5) * 1.8, -0.9, 0.9);
    const boxes = this.#boxes;
    const after = boxes.findIndex((box) => box.atSeconds >= seconds);
    if (after < 0) return boxes.length > 0 ? at(boxes.at(-1)!) : 0;
    if (after === 0) return at(boxes[0]!);
    const a = boxes[after - 1]!;
    const b = boxes[after]!;
    return at(a) + ((at(b) - at(a)) * (seconds - a.atSeconds)) / (b.atSeconds - a.atSeconds);
  }

  /** Mean speed of the centre of the box, in picture sizes per second; null for a single box. */
  get speed(): number | null {
    const boxes = this.#boxes;
    if (boxes.length < 2) return null;
    let path = 0;
    for (let i = 1; i < boxes.length; i++) path += stepBetween(boxes[i - 1]!, boxes[i]!);
    return path / Math.max(0.04, boxes.at(-1)!.atSeconds - boxes[0]!.atSeconds);
  }

  get isMoving(): boolean {
    return (this.speed ?? 0) > MOVING;
  }

  /** The intervals in which it moves; gaps below 1.5 s are closed. */
  movingStretches(): [startSeconds: number, endSeconds: number][] {
    const stretches: [number, number][] = [];
    for (let i = 1; i < this.#boxes.length; i++) {
      const a = this.#boxes[i - 1]!;
      const b = this.#boxes[i]!;
      if (stepBetween(a, b) / Math.max(0.04, b.atSeconds - a.atSeconds) <= MOVING) continue;
      const last = stretches.at(-1);
      if (last && a.atSeconds - last[1] < 1.5) last[1] = b.atSeconds;
      else stretches.push([a.atSeconds, b.atSeconds]);
    }
    return stretches;
  }

  /** The times in seconds at which its path turns sharply at speed (a ball that is hit), at least 0.25 s apart. */
  turns(): number[] {
    const found: number[] = [];
    for (let i = 1; i + 1 < this.#boxes.length; i++) {
      const [a, b, c] = [this.#boxes[i - 1]!, this.#boxes[i]!, this.#boxes[i + 1]!];
      const before = velocity(a, b);
      const after = velocity(b, c);
      const change = distance(after[0] - before[0], after[1] - before[1]);
      const isSharp = before[0] * after[0] + before[1] * after[1] < 0;
      if (isSharp && change > 0.5 && b.atSeconds - (found.at(-1) ?? -1) > 0.25) found.push(b.atSeconds);
    }
    return found;
  }

  /** True when it moves sideways by at least a third of the picture's width. */
  get isCrossing(): boolean {
    const first = this.#boxes[0];
    const last = this.#boxes.at(-1);
    return !!first && !!last && Math.abs(centreX(last) - centreX(first)) > 0.33;
  }
}

function centreX(box: Box): number {
  return box.x + box.width / 2;
}

function velocity(a: Box, b: Box): [number, number] {
  const seconds = Math.max(0.04, b.atSeconds - a.atSeconds);
  return [(centreX(b) - centreX(a)) / seconds, (b.y + b.height / 2 - a.y - a.height / 2) / seconds];
}

function stepBetween(a: Box, b: Box): number {
  return distance(centreX(b) - centreX(a), b.y + b.height / 2 - a.y - a.height / 2);
}

/** Not `Math.hypot`, whose last bit may differ between engines; `Math.sqrt` is exact in all of them. */
function distance(x: number, y: number): number {
  return Math.sqrt(x * x + y * y);
}
