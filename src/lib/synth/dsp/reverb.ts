import { BlockRing } from './block-ring.ts';
import { newBlock } from './blocks.ts';
import { DelayNetwork, type NetworkShape } from './delay-network.ts';
import { clamp, onePolePole } from './maths.ts';
import { BLOCK_FRAMES, SAMPLE_RATE } from './sample-rate.ts';

/** Parameters of a reverb. `size` is 0.25 … 2: 1 is a hall, 0.3 a small room. */
export interface ReverbShape extends NetworkShape {
  preDelaySeconds: number;
}

/** Delays of the four allpasses in frames, left and right. */
const DIFFUSER_FRAMES = [
  [142, 379, 107, 277],
  [151, 389, 113, 269],
] as const;
/** Coefficient of the allpasses. */
const DIFFUSION = 0.62;
/** Size of the ring buffer of an allpass; a power of two. */
const DIFFUSER_RING = 512;
/** Early reflections: milliseconds and gain, left and right. */
const EARLY = [
  [
    [7.1, 0.42],
    [13.7, -0.36],
    [22.3, 0.3],
    [34.9, -0.22],
    [47.7, 0.17],
  ],
  [
    [8.9, 0.4],
    [16.1, -0.35],
    [26.7, 0.28],
    [38.3, -0.21],
    [51.1, 0.16],
  ],
] as const;
/** Coefficient of the one-pole highpass of the input, 130 Hz. */
const LOW_CUT = 1 - onePolePole(130);

/**
 * A stereo reverb for blocks of 256 frames: low cut, pre-delay, early reflections and allpass diffusers, followed by a
 * feedback delay network.
 */
export class Reverb {
  readonly #inputs: readonly [InputStage, InputStage];
  readonly #network: DelayNetwork;

  constructor(shape: ReverbShape) {
    const size = clamp(shape.size, 0.25, 2);
    // A longer reverb stores more energy; this keeps the wet level about the same.
    const level = 0.5 / Math.sqrt(0.4 + shape.seconds * 0.6);
    this.#inputs = [
      new InputStage(0, size, shape.preDelaySeconds, level),
      new InputStage(1, size, shape.preDelaySeconds, level),
    ];
    this.#network = new DelayNetwork({ ...shape, size }, level);
  }

  /** Adds the reverb of the input to the output. */
  add(inLeft: Float32Array, inRight: Float32Array, outLeft: Float32Array, outRight: Float32Array): void {
    const [left, right] = this.#inputs;
    left.process(inLeft, outLeft);
    right.process(inRight, outRight);
    this.#network.add(left.diffused, right.diffused, outLeft, outRight);
  }
}

/** The part before the delay network, for one channel. */
class InputStage {
  /** Its output: the input of the delay network. */
  readonly diffused = newBlock();
  readonly #preDelayRing: BlockRing;
  readonly #preDelay: number;
  /** Delays in frames, and gains. */
  readonly #early: readonly (readonly [frames: number, gain: number])[];
  readonly #diffusers: readonly Diffuser[];
  #written = 0;
  #low = 0;

  constructor(side: 0 | 1, size: number, preDelaySeconds: number, level: number) {
    // The delays are read after the newest block was written.
    this.#preDelay = Math.round(preDelaySeconds * SAMPLE_RATE) + BLOCK_FRAMES;
    this.#preDelayRing = new BlockRing(this.#preDelay + SAMPLE_RATE * 0.06 * size);
    this.#early = EARLY[side].map(([milliseconds, gain]) => [
      this.#preDelay + Math.round(milliseconds * 48 * size),
      gain * 0.5 * level,
    ]);
    this.#diffusers = DIFFUSER_FRAMES[side].map((frames) => ({
      ring: new Float32Array(DIFFUSER_RING),
      frames: Math.max(40, Math.round(frames * Math.min(1, size))),
    }));
  }

  /** Adds the early reflections to the output, and leaves the diffused signal in `diffused`. */
  process(input: Float32Array, out: Float32Array): void {
    this.#buffer(input);
    this.#preDelayRing.advance();
    this.#reflect(out);
    this.#diffuse();
    this.#written = (this.#written + BLOCK_FRAMES) & (DIFFUSER_RING - 1);
  }

  #buffer(input: Float32Array): void {
    const ring = this.#preDelayRing.samples;
    const w = this.#preDelayRing.writeAt;
    let low = this.#low + 1e-18;
    for (let i = 0; i < BLOCK_FRAMES; i++) {
      const x = input[i]!;
      low += LOW_CUT * (x - low);
      ring[w + i] = x - low;
    }
    this.#low = low;
  }

  #reflect(out: Float32Array): void {
    const before = this.#preDelayRing;
    const ring = before.samples;
    const [[d0, g0], [d1, g1], [d2, g2], [d3, g3], [d4, g4]] = this.#early as Five;
    const p0 = before.readAt(d0);
    const p1 = before.readAt(d1);
    const p2 = before.readAt(d2);
    const p3 = before.readAt(d3);
    const p4 = before.readAt(d4);
    for (let i = 0; i < BLOCK_FRAMES; i++) {
      out[i] =
        out[i]! +
        (ring[p0 + i]! * g0 + ring[p1 + i]! * g1) +
        (ring[p2 + i]! * g2 + ring[p3 + i]! * g3) +
        ring[p4 + i]! * g4;
    }
  }

  /** Four allpasses in series (Schroeder, 1962). */
  #diffuse(): void {
    const before = this.#preDelayRing.samples;
    const start = this.#preDelayRing.readAt(this.#preDelay);
    const w = this.#written;
    const diffused = this.diffused;
    const [first, second, third, fourth] = this.#diffusers as FourDiffusers;
    const { ring: r0, frames: d0 } = first;
    const { ring: r1, frames: d1 } = second;
    const { ring: r2, frames: d2 } = third;
    const { ring: r3, frames: d3 } = fourth;
    const mask = DIFFUSER_RING - 1;
    for (let i = 0; i < BLOCK_FRAMES; i++) {
      // Blocks are written at 0 or 256, so only the read indices wrap around.
      const n = w + i;
      const x = before[start + i]! + 1e-18;
      const a = r0[(n - d0) & mask]! - DIFFUSION * x;
      r0[n] = x + DIFFUSION * a;
      const b = r1[(n - d1) & mask]! - DIFFUSION * a;
      r1[n] = a + DIFFUSION * b;
      const c = r2[(n - d2) & mask]! - DIFFUSION * b;
      r2[n] = b + DIFFUSION * c;
      const d = r3[(n - d3) & mask]! - DIFFUSION * c;
      r3[n] = c + DIFFUSION * d;
      diffused[i] = d;
    }
  }
}

type Tap = readonly [frames: number, gain: number];
type Five = readonly [Tap, Tap, Tap, Tap, Tap];
type Diffuser = { ring: Float32Array; frames: number };
type FourDiffusers = readonly [Diffuser, Diffuser, Diffuser, Diffuser];
