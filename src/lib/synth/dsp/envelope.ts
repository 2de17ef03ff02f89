import { addScaled } from './blocks.ts';
import { clamp, sine, smoothstep } from './maths.ts';
import { BLOCK_FRAMES, BLOCK_SECONDS } from './sample-rate.ts';

/** A breakpoint of a piecewise linear envelope. */
export type EnvelopePoint = readonly [seconds: number, value: number];

/** The value of a piecewise linear envelope at a time; constant before the first and after the last point. */
export function envelopeAt(points: readonly EnvelopePoint[], seconds: number): number {
  let before = points[0];
  if (!before) return 0;
  if (seconds <= before[0]) return before[1];
  for (let i = 1; i < points.length; i++) {
    const after = points[i]!;
    if (seconds < after[0]) {
      return before[1] + ((after[1] - before[1]) * (seconds - before[0])) / (after[0] - before[0]);
    }
    before = after;
  }
  return before[1];
}

/** The level of a sound over time: 1 between a smooth attack and a smooth release at the end of `seconds`. */
export function attackRelease(
  seconds: number,
  attackSeconds: number,
  releaseSeconds: number,
): (at: number) => number {
  return (at) => smoothstep(at / attackSeconds) * smoothstep((seconds - at) / releaseSeconds);
}

/** Gain of an equal-power fade in, 0 … 1 for t from 0 to 1. The fade out is `fadeIn(1 - t)`. */
export function fadeIn(t: number): number {
  return sine(clamp(t, 0, 1) / 4);
}

/**
 * Multiplies out[from … to) by an exponential decay and returns its level after the last frame.
 * @param factor Per frame.
 */
export function multiplyDecay(
  out: Float32Array,
  level: number,
  factor: number,
  from = 0,
  to = out.length,
): number {
  let e = level;
  for (let i = from; i < to; i++) {
    out[i] = out[i]! * e;
    e *= factor;
  }
  return e;
}

/**
 * Adds a block of input × an envelope, ramped over the block that begins at `seconds`.
 * @param levelAt Linear level at a time.
 */
export function addEnveloped(
  out: Float32Array,
  input: Float32Array,
  seconds: number,
  levelAt: (seconds: number) => number,
): void {
  addScaled(out, input, levelAt(seconds), 0, BLOCK_FRAMES, levelAt(seconds + BLOCK_SECONDS));
}
