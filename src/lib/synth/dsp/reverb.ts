import { clamp, exp, sine } from './maths.ts';
import { OnePole } from './one-pole.ts';
import { BLOCK_FRAMES, SAMPLE_RATE } from './sample-rate.ts';

/** The room a sound stands in. */
export interface ReverbShape {
  /** Time in which low and middle tones fall by 60 dB. */
  seconds: number;
  /** 1 is a hall, 0.3 a small room; at least 0.25. */
  size: number;
  /** How long the treble lives compared with the rest, 0.1 (curtains) … 1 (glass). */
  brightness: number;
  preDelaySeconds: number;
}

const MOST_LINES = 16;
/** Primes, about 28 … 86 ms at size 1: no two lines share an echo. */
const LINE_FRAMES = [
  1361, 1523, 1699, 1871, 2039, 2207, 2377, 2549, 2719, 2887, 3061, 3251, 3433, 3631, 3847, 4111,
];
const DIFFUSER_FRAMES = [
  [142, 379, 107, 277],
  [151, 389, 113, 269],
];
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

class Diffuser {
  readonly #ring: Float32Array;
  #p = 0;

  constructor(frames: number) {
    this.#ring = new Float32Array(frames);
  }

  process(out: Float32Array, frames: number): void {
    const ring = this.#ring;
    const size = ring.length;
    let p = this.#p;
    for (let i = 0; i < frames; i++) {
      const delayed = ring[p]!;
      const x = out[i]!;
      const y = delayed - 0.62 * x;
      ring[p] = x + 0.62 * y;
      if (++p === size) p = 0;
      out[i] = y;
    }
    this.#p = p;
  }
}

/**
 * A stereo feedback delay network: 16 lines (8 in small rooms) mixed by a Hadamard matrix, absorption after Jot and Chaigne (1991),
 * four lines slowly modulated against metallic ringing, allpass diffusion and early reflections in front.
 * Feed it blocks of at most 256 frames.
 */
export class Reverb {
  readonly #length: Int32Array;
  readonly #rings: Float32Array[];
  readonly #masks: Int32Array;
  readonly #lines: number;
  readonly #gain = new Float64Array(MOST_LINES);
  readonly #absorb = new Float64Array(MOST_LINES);
  readonly #state = new Float64Array(MOST_LINES);
  readonly #taps = Array.from({ length: MOST_LINES }, () => new Float32Array(BLOCK_FRAMES));
  readonly #diffusers: Diffuser[][];
  readonly #lowCut = [new OnePole(130), new OnePole(130)] as const;
  readonly #before: Float32Array[];
  readonly #beforeMask: number;
  readonly #preDelay: number;
  readonly #size: number;
  readonly #in = [new Float32Array(BLOCK_FRAMES), new Float32Array(BLOCK_FRAMES)] as const;
  #written = 0;
  #lfo = 0;
  #level: number;

  constructor(shape: ReverbShape) {
    this.#size = clamp(shape.size, 0.25, 2);
    // A small room is dense enough with half the lines; every second one keeps the spread.
    this.#lines = this.#size < 0.6 ? 8 : MOST_LINES;
    const spread = LINE_FRAMES.filter((_, k) => this.#lines === MOST_LINES || k % 2 === 0);
    this.#length = Int32Array.from(spread, (frames) => Math.round(frames * this.#size));
    const sizes = Array.from(this.#length, (frames) => {
      let size = 512;
      while (size < frames + BLOCK_FRAMES + 32) size *= 2;
      return size;
    });
    this.#rings = sizes.map((size) => new Float32Array(size));
    this.#masks = Int32Array.from(sizes, (size) => size - 1);
    const alpha = clamp(shape.brightness, 0.1, 1);
    this.#length.forEach((frames, k) => {
      const decibels = (-60 * frames) / (shape.seconds * SAMPLE_RATE);
      this.#gain[k] = exp(decibels * 0.11512925464970229);
      this.#absorb[k] = clamp(0.0287823 * decibels * (1 - 1 / (alpha * alpha)), 0, 0.85);
    });
    this.#diffusers = DIFFUSER_FRAMES.map((lengths) =>
      lengths.map((frames) => new Diffuser(Math.max(40, Math.round(frames * Math.min(1, this.#size))))),
    );
    this.#preDelay = Math.round(shape.preDelaySeconds * SAMPLE_RATE);
    let size = 512;
    while (size < this.#preDelay + SAMPLE_RATE * 0.06 * this.#size + BLOCK_FRAMES) size *= 2;
    this.#before = [new Float32Array(size), new Float32Array(size)];
    this.#beforeMask = size - 1;
    // The longer it rings the more energy it stores; this keeps the wet level alike.
    this.#level = 0.5 / Math.sqrt(0.4 + shape.seconds * 0.6);
  }

  /** Adds the reverberation of the input to the output. */
  add(
    inLeft: Float32Array,
    inRight: Float32Array,
    outLeft: Float32Array,
    outRight: Float32Array,
    frames = inLeft.length,
  ): void {
    this.#enter(0, inLeft, outLeft, frames);
    this.#enter(1, inRight, outRight, frames);
    this.#readLines(frames);
    this.#collect(outLeft, outRight, frames);
    this.#mixLines(frames);
    this.#feedLines(frames);
    this.#written = (this.#written + frames) & 0x3fffffff;
  }

  /** Low cut, pre-delay, early reflections and diffusion of one channel. */
  #enter(channel: 0 | 1, input: Float32Array, out: Float32Array, frames: number): void {
    const x = this.#in[channel];
    const ring = this.#before[channel]!;
    const mask = this.#beforeMask;
    const w = this.#written;
    this.#lowCut[channel].highpass(input, x, 0, frames);
    for (let i = 0; i < frames; i++) ring[(w + i) & mask] = x[i]!;
    for (const [milliseconds, gain] of EARLY[channel]) {
      const start = w - this.#preDelay - Math.round(milliseconds * 48 * this.#size);
      const g = gain * 0.5 * this.#level;
      for (let i = 0; i < frames; i++) out[i] = out[i]! + ring[(start + i) & mask]! * g;
    }
    const start = w - this.#preDelay;
    for (let i = 0; i < frames; i++) x[i] = ring[(start + i) & mask]! + 1e-18;
    for (const diffuser of this.#diffusers[channel]!) diffuser.process(x, frames);
  }

  /** Lines are longer than a block, so each is read for the whole block before anything is written. */
  #readLines(frames: number): void {
    const lines = this.#lines;
    this.#lfo += frames / SAMPLE_RATE;
    for (let k = 0; k < lines; k++) {
      const ring = this.#rings[k]!;
      const mask = this.#masks[k]!;
      const tap = this.#taps[k]!;
      const gain = this.#gain[k]! * (1 - this.#absorb[k]!);
      const b = this.#absorb[k]!;
      let y = this.#state[k]!;
      let p = this.#written - this.#length[k]!;
      if ((k & 3) === 1) {
        const from = 7 + 6 * sine((this.#lfo - frames / SAMPLE_RATE) * (0.31 + 0.07 * k) + k * 0.13);
        const to = 7 + 6 * sine(this.#lfo * (0.31 + 0.07 * k) + k * 0.13);
        const step = (to - from) / frames;
        let offset = from;
        for (let i = 0; i < frames; i++, p++) {
          const whole = offset | 0;
          const a = ring[(p + whole) & mask]!;
          const x = a + (ring[(p + whole + 1) & mask]! - a) * (offset - whole);
          y = gain * x + b * y;
          tap[i] = y;
          offset += step;
        }
      } else {
        for (let i = 0; i < frames; i++, p++) {
          y = gain * ring[p & mask]! + b * y;
          tap[i] = y;
        }
      }
      this.#state[k] = y + 1e-18;
    }
  }

  #collect(outLeft: Float32Array, outRight: Float32Array, frames: number): void {
    const lines = this.#lines;
    const level = this.#level;
    for (let k = 0; k < lines; k++) {
      const tap = this.#taps[k]!;
      const out = k & 1 ? outRight : outLeft;
      const g = (k & 2 ? -level : level) * (lines === MOST_LINES ? 0.7 : 1);
      for (let i = 0; i < frames; i++) out[i] = out[i]! + tap[i]! * g;
    }
  }

  /** Fast Walsh-Hadamard transform across the lines. */
  #mixLines(frames: number): void {
    const lines = this.#lines;
    for (let span = 1; span < lines; span *= 2) {
      for (let k = 0; k < lines; k++) {
        if (k & span) continue;
        const a = this.#taps[k]!;
        const b = this.#taps[k + span]!;
        for (let i = 0; i < frames; i++) {
          const x = a[i]!;
          const y = b[i]!;
          a[i] = x + y;
          b[i] = x - y;
        }
      }
    }
  }

  #feedLines(frames: number): void {
    const lines = this.#lines;
    const normal = lines === MOST_LINES ? 0.25 : 0.3535533905932738;
    for (let k = 0; k < lines; k++) {
      const ring = this.#rings[k]!;
      const mask = this.#masks[k]!;
      const tap = this.#taps[k]!;
      const x = this.#in[k & 1 ? 1 : 0];
      const w = this.#written;
      const sign = k & 4 ? -0.35 : 0.35;
      for (let i = 0; i < frames; i++) ring[(w + i) & mask] = tap[i]! * normal + x[i]! * sign;
    }
  }
}
