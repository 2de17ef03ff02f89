import { DelayNetwork, type NetworkShape } from './delay-network.ts';
import { clamp, exp } from './maths.ts';
import { BLOCK_FRAMES, SAMPLE_RATE } from './sample-rate.ts';

/** The room a sound stands in. `size` 1 is a hall, 0.3 a small room; at least 0.25. */
export interface ReverbShape extends NetworkShape {
  preDelaySeconds: number;
}

const DIFFUSER_FRAMES = [
  [142, 379, 107, 277],
  [151, 389, 113, 269],
] as const;
const DIFFUSION = 0.62;
/** Frames of the ring of a diffuser; a power of two. */
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
/** Below this a room is not excited. */
const LOW_CUT = 1 - exp((-6.283185307179586 * 130) / SAMPLE_RATE);

/**
 * A stereo reverberation: low cut, pre-delay, early reflections and allpass diffusion in front of a delay network.
 * Feed it blocks of at most 256 frames.
 */
export class Reverb {
  readonly #entrances: readonly [Entrance, Entrance];
  readonly #network: DelayNetwork;
  readonly #level: number;

  constructor(shape: ReverbShape) {
    const size = clamp(shape.size, 0.25, 2);
    // The longer it rings the more energy it stores; this keeps the wet level alike.
    this.#level = 0.5 / Math.sqrt(0.4 + shape.seconds * 0.6);
    this.#entrances = [
      new Entrance(0, size, shape.preDelaySeconds, this.#level),
      new Entrance(1, size, shape.preDelaySeconds, this.#level),
    ];
    this.#network = new DelayNetwork({ ...shape, size });
  }

  /** Adds the reverberation of the input to the output. */
  add(
    inLeft: Float32Array,
    inRight: Float32Array,
    outLeft: Float32Array,
    outRight: Float32Array,
    frames = inLeft.length,
  ): void {
    const [left, right] = this.#entrances;
    left.enter(inLeft, outLeft, frames);
    right.enter(inRight, outRight, frames);
    this.#network.add(left.diffused, right.diffused, outLeft, outRight, this.#level, frames);
  }
}

/** What a sound meets first, on one side. */
class Entrance {
  /** What goes on into the delay network. */
  readonly diffused = new Float32Array(BLOCK_FRAMES);
  readonly #before: Float32Array;
  readonly #preDelay: number;
  /** Frames after the pre-delay, and gains. */
  readonly #early: readonly (readonly [frames: number, gain: number])[];
  readonly #diffusers: readonly { ring: Float32Array; frames: number }[];
  #written = 0;
  #low = 0;

  constructor(side: 0 | 1, size: number, preDelaySeconds: number, level: number) {
    this.#preDelay = Math.round(preDelaySeconds * SAMPLE_RATE);
    let length = 512;
    while (length < this.#preDelay + SAMPLE_RATE * 0.06 * size + BLOCK_FRAMES) length *= 2;
    this.#before = new Float32Array(length);
    this.#early = EARLY[side].map(([milliseconds, gain]) => [
      Math.round(milliseconds * 48 * size),
      gain * 0.5 * level,
    ]);
    this.#diffusers = DIFFUSER_FRAMES[side].map((frames) => ({
      ring: new Float32Array(DIFFUSER_RING),
      frames: Math.max(40, Math.round(frames * Math.min(1, size))),
    }));
  }

  /** Adds the early reflections to the output and leaves the rest in `diffused`. */
  enter(input: Float32Array, out: Float32Array, frames: number): void {
    this.#keep(input, frames);
    this.#reflect(out, frames);
    this.#diffuse(frames);
    this.#written = (this.#written + frames) & 0x3fffffff;
  }

  #keep(input: Float32Array, frames: number): void {
    const ring = this.#before;
    const mask = ring.length - 1;
    const w = this.#written;
    let low = this.#low + 1e-18;
    for (let i = 0; i < frames; i++) {
      const x = input[i]!;
      low += LOW_CUT * (x - low);
      ring[(w + i) & mask] = x - low;
    }
    this.#low = low;
  }

  #reflect(out: Float32Array, frames: number): void {
    const ring = this.#before;
    const mask = ring.length - 1;
    const [[d0, g0], [d1, g1], [d2, g2], [d3, g3], [d4, g4]] = this.#early as Five;
    const start = this.#written - this.#preDelay;
    for (let i = 0; i < frames; i++) {
      const p = start + i;
      out[i] =
        out[i]! +
        (ring[(p - d0) & mask]! * g0 + ring[(p - d1) & mask]! * g1) +
        (ring[(p - d2) & mask]! * g2 + ring[(p - d3) & mask]! * g3) +
        ring[(p - d4) & mask]! * g4;
    }
  }

  /** Four allpasses in a row (Schroeder, 1962). */
  #diffuse(frames: number): void {
    const before = this.#before;
    const mask = before.length - 1;
    const start = this.#written - this.#preDelay;
    const w = this.#written;
    const diffused = this.diffused;
    const [
      { ring: r0, frames: d0 },
      { ring: r1, frames: d1 },
      { ring: r2, frames: d2 },
      { ring: r3, frames: d3 },
    ] = this.#diffusers as FourDiffusers;
    for (let i = 0; i < frames; i++) {
      const n = w + i;
      const x = before[(start + i) & mask]! + 1e-18;
      const a = r0[(n - d0) & (DIFFUSER_RING - 1)]! - DIFFUSION * x;
      r0[n & (DIFFUSER_RING - 1)] = x + DIFFUSION * a;
      const b = r1[(n - d1) & (DIFFUSER_RING - 1)]! - DIFFUSION * a;
      r1[n & (DIFFUSER_RING - 1)] = a + DIFFUSION * b;
      const c = r2[(n - d2) & (DIFFUSER_RING - 1)]! - DIFFUSION * b;
      r2[n & (DIFFUSER_RING - 1)] = b + DIFFUSION * c;
      const d = r3[(n - d3) & (DIFFUSER_RING - 1)]! - DIFFUSION * c;
      r3[n & (DIFFUSER_RING - 1)] = c + DIFFUSION * d;
      diffused[i] = d;
    }
  }
}

type Tap = readonly [frames: number, gain: number];
type Five = readonly [Tap, Tap, Tap, Tap, Tap];
type Diffuser = { ring: Float32Array; frames: number };
type FourDiffusers = readonly [Diffuser, Diffuser, Diffuser, Diffuser];
