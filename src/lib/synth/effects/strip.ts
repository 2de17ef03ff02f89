import { addPairAndSend } from '../dsp/blocks.ts';
import { fadeIn } from '../dsp/envelope.ts';
import { clamp, decibelsToGain, exp2, panGains, smoothstep } from '../dsp/maths.ts';
import { BLOCK_FRAMES } from '../dsp/sample-rate.ts';
import { StereoFilter } from '../dsp/stereo-filter.ts';
import { emptyBlock, type Source } from './parts/source.ts';

/** How one sound stands in the mix. */
export interface StripShape {
  startFrame: number;
  /** Where it has faded out; Infinity for a sound that ends by itself. */
  endFrame: number;
  fadeFrames: number;
  gain: number;
  pan: number;
  panTo: number;
  /** Frames over which the pan moves. */
  panFrames: number;
  distance: number;
}

/** Where sounds go: the dry sum and the send to a reverberation. */
export interface Bus {
  left: Float32Array;
  right: Float32Array;
}

/** Places one source: fades, pan, and distance as less level, less treble and more reverberation. */
export class Strip {
  readonly startFrame: number;
  readonly #source: Source;
  readonly #shape: StripShape;
  readonly #left = emptyBlock();
  readonly #right = emptyBlock();
  readonly #air: StereoFilter | null;
  readonly #gain: number;
  readonly #send: number;
  #levelLeft = 0;
  #levelRight = 0;
  #isNew = true;

  constructor(source: Source, shape: StripShape) {
    this.startFrame = shape.startFrame;
    this.#source = source;
    this.#shape = shape;
    const { distance } = shape;
    this.#gain = shape.gain * decibelsToGain(-18 * distance);
    this.#send = 0.18 + 0.9 * distance;
    const hertz = 18_000 * exp2(-4.6 * distance);
    this.#air = distance > 0.05 ? new StereoFilter(hertz, 0.6) : null;
  }

  /** Adds the block that begins at `blockStart`; false when there is no more. */
  add(dry: Bus, send: Bus, blockStart: number): boolean {
    const { startFrame, endFrame } = this.#shape;
    const from = clamp(startFrame - blockStart, 0, BLOCK_FRAMES);
    const to = clamp(endFrame - blockStart, 0, BLOCK_FRAMES);
    if (from >= to) return endFrame > blockStart;
    const left = this.#left;
    const right = this.#right;
    left.fill(0, from, to);
    right.fill(0, from, to);
    const goesOn = this.#source(left, right, from, to);
    this.#air?.lowpass(left, right, from, to);
    this.#place(dry, send, from, to, blockStart);
    return goesOn && endFrame > blockStart + BLOCK_FRAMES;
  }

  /** Fades and pans, gliding over the block. */
  #place(dry: Bus, send: Bus, from: number, to: number, blockStart: number): void {
    if (this.#isNew) [this.#levelLeft, this.#levelRight] = this.#levelsAt(blockStart + from);
    this.#isNew = false;
    const [left, right] = this.#levelsAt(blockStart + to);
    const [fromLeft, fromRight] = [this.#levelLeft, this.#levelRight];
    addPairAndSend(
      dry.left,
      dry.right,
      send.left,
      send.right,
      this.#send,
      this.#left,
      this.#right,
      fromLeft,
      fromRight,
      from,
      to,
      left,
      right,
    );
    this.#levelLeft = left;
    this.#levelRight = right;
  }

  #levelsAt(frame: number): [number, number] {
    const { startFrame, endFrame, fadeFrames, pan, panTo, panFrames } = this.#shape;
    const moved = pan === panTo ? 0 : smoothstep((frame - startFrame) / panFrames);
    const [left, right] = panGains(pan + (panTo - pan) * moved);
    let level = this.#gain * 1.4142135623730951;
    if (fadeFrames > 0) {
      level *= fadeIn((frame - startFrame) / fadeFrames) * fadeIn((endFrame - frame) / fadeFrames);
    }
    return [left * level, right * level];
  }
}
