import { BLOCK_FRAMES } from './sample-rate.ts';

/** A piece of a stereo stream at 48 kHz; both channels have the same length. */
export interface StereoChunk {
  left: Float32Array;
  right: Float32Array;
}

/**
 * A zeroed block of 256 samples. Rendering is synchronous and single-threaded, so modules share some as scratch
 * buffers.
 */
export function newBlock(): Float32Array {
  return new Float32Array(BLOCK_FRAMES);
}

/** Adds gain × input to out[from … to); the gain is ramped linearly from `gain` to `gainTo`. */
export function addScaled(
  out: Float32Array,
  input: Float32Array,
  gain: number,
  from = 0,
  to = out.length,
  gainTo = gain,
): void {
  let g = gain;
  const step = (gainTo - gain) / Math.max(1, to - from);
  for (let i = from; i < to; i++) {
    out[i] = out[i]! + input[i]! * g;
    g += step;
  }
}

/** `addScaled` for two channels in one loop, each at its own gain. */
export function addStereo(
  outLeft: Float32Array,
  outRight: Float32Array,
  left: Float32Array,
  right: Float32Array,
  gainLeft: number,
  gainRight: number,
  from = 0,
  to = outLeft.length,
  gainLeftTo = gainLeft,
  gainRightTo = gainRight,
): void {
  const frames = Math.max(1, to - from);
  const stepLeft = (gainLeftTo - gainLeft) / frames;
  const stepRight = (gainRightTo - gainRight) / frames;
  let l = gainLeft;
  let r = gainRight;
  for (let i = from; i < to; i++) {
    outLeft[i] = outLeft[i]! + left[i]! * l;
    outRight[i] = outRight[i]! + right[i]! * r;
    l += stepLeft;
    r += stepRight;
  }
}

/** `addStereo` to an output and, times `amount`, to a send. */
export function addStereoAndSend(
  outLeft: Float32Array,
  outRight: Float32Array,
  sendLeft: Float32Array,
  sendRight: Float32Array,
  amount: number,
  left: Float32Array,
  right: Float32Array,
  gainLeft: number,
  gainRight: number,
  from: number,
  to: number,
  gainLeftTo: number,
  gainRightTo: number,
): void {
  const frames = Math.max(1, to - from);
  const stepLeft = (gainLeftTo - gainLeft) / frames;
  const stepRight = (gainRightTo - gainRight) / frames;
  let l = gainLeft;
  let r = gainRight;
  for (let i = from; i < to; i++) {
    const x = left[i]! * l;
    const y = right[i]! * r;
    outLeft[i] = outLeft[i]! + x;
    outRight[i] = outRight[i]! + y;
    sendLeft[i] = sendLeft[i]! + x * amount;
    sendRight[i] = sendRight[i]! + y * amount;
    l += stepLeft;
    r += stepRight;
  }
}

/** Multiplies out[from … to) by a gain that is ramped linearly from `gain` to `gainTo`. */
export function scale(out: Float32Array, gain: number, from = 0, to = out.length, gainTo = gain): void {
  let g = gain;
  const step = (gainTo - gain) / Math.max(1, to - from);
  for (let i = from; i < to; i++) {
    out[i] = out[i]! * g;
    g += step;
  }
}

/** The largest absolute sample of input[from … to). */
export function peak(input: Float32Array, from = 0, to = input.length): number {
  let largest = 0;
  for (let i = from; i < to; i++) {
    const x = input[i]!;
    const size = x < 0 ? -x : x;
    if (size > largest) largest = size;
  }
  return largest;
}

/** Replaces samples that are not finite by 0 and returns their number: one NaN in a filter would mute the whole mix. */
export function guardFinite(out: Float32Array): number {
  // 0 × x is 0 for finite x and NaN otherwise, so one sum shows whether the slow loop is needed.
  let zero = 0;
  for (let i = 0; i < out.length; i++) zero += out[i]! * 0;
  if (zero === 0) return 0;
  let replaced = 0;
  for (let i = 0; i < out.length; i++) {
    if (Number.isFinite(out[i]!)) continue;
    out[i] = 0;
    replaced++;
  }
  return replaced;
}
