import { BlockRing } from './block-ring.ts';
import { newBlock } from './blocks.ts';
import { clamp, exp, sine } from './maths.ts';
import { BLOCK_FRAMES, BLOCK_SECONDS, SAMPLE_RATE } from './sample-rate.ts';

/** Lengths of the delay lines at size 1, 28 … 86 ms: primes, so that echoes of different lines do not coincide. */
const LINE_FRAMES = [
  1361, 1523, 1699, 1871, 2039, 2207, 2377, 2549, 2719, 2887, 3061, 3251, 3433, 3631, 3847, 4111,
];

/** Parameters of a feedback delay network. */
export interface NetworkShape {
  /** Reverberation time (RT60) of low and middle frequencies, seconds. */
  seconds: number;
  /** Factor on all delays. */
  size: number;
  /** RT60 of the treble relative to `seconds`, 0.1 … 1. */
  brightness: number;
}

/** One delay line of the network. */
interface Line {
  ring: BlockRing;
  frames: number;
  /** Gain per pass, with the normalisation of the matrix. */
  gain: number;
  /** Coefficient and state of the one-pole lowpass that damps the treble. */
  absorb: number;
  state: number;
  /** The output of the line after the first stage of the matrix. */
  tap: Float32Array;
  /** Rate and phase (in cycles) of its modulation. */
  ratePerSecond: number;
  phase: number;
}

/**
 * A stereo feedback delay network: 16 lines (8 in small rooms) mixed by a Hadamard matrix, with absorption after Jot
 * and Chaigne (1991). One line of every four is slowly modulated against metallic resonances. The matrix is applied in
 * two stages of four lines each, fused with reading and writing, so that each loop runs four independent filters.
 */
export class DelayNetwork {
  readonly #lines: Line[];
  readonly #level: number;
  /** Factor that makes the matrix orthonormal. */
  readonly #normal: number;
  #seconds = 0;

  /** @param level Output level, linear. */
  constructor({ seconds, size, brightness }: NetworkShape, level: number) {
    // Half the lines give a small room enough echo density; every second one keeps the range of lengths.
    const isSmall = size < 0.6;
    this.#level = isSmall ? level : 0.7 * level;
    this.#normal = isSmall ? 0.3535533905932738 : 0.25;
    const alpha = clamp(brightness, 0.1, 1);
    this.#lines = LINE_FRAMES.filter((_, k) => !isSmall || k % 2 === 0).map((unit, k) => {
      const frames = Math.round(unit * size);
      const decibels = (-60 * frames) / (seconds * SAMPLE_RATE);
      const absorb = clamp(0.0287823 * decibels * (1 - 1 / (alpha * alpha)), 0, 0.85);
      return {
        ring: new BlockRing(frames),
        frames,
        gain: this.#normal * exp(decibels * 0.11512925464970229) * (1 - absorb),
        absorb,
        state: 0,
        tap: newBlock(),
        ratePerSecond: 0.31 + 0.07 * k,
        phase: k * 0.13,
      };
    });
  }

  /** Adds one block of reverberation to the output, and feeds one block of input into the network. */
  add(inLeft: Float32Array, inRight: Float32Array, outLeft: Float32Array, outRight: Float32Array): void {
    const lines = this.#lines;
    const seconds = this.#seconds;
    const level = this.#level;
    this.#seconds += BLOCK_SECONDS;
    for (let k = 0; k < lines.length; k += 4) {
      const l1 = lines[k + 1]!;
      const shorter = offset(l1, seconds);
      const shorterTo = offset(l1, this.#seconds);
      read(lines[k]!, l1, lines[k + 2]!, lines[k + 3]!, shorter, shorterTo, outLeft, outRight, level);
    }
    const gain = 0.35 / this.#normal;
    for (let k = 0; k < 4; k++) {
      const input = k & 1 ? inRight : inLeft;
      if (lines.length === 16) feedFour(lines[k]!, lines[k + 4]!, lines[k + 8]!, lines[k + 12]!, input, gain);
      else feedTwo(lines[k]!, lines[k + 4]!, input, gain);
    }
    for (const { ring } of lines) ring.advance();
  }
}

/** Frames by which the modulation shortens a line at a time, 1 … 13. */
function offset({ ratePerSecond, phase }: Line, seconds: number): number {
  return 7 + 6 * sine(seconds * ratePerSecond + phase);
}

/** Reads four lines (the second is modulated), adds them to the output, and mixes them into their taps. */
function read(
  line0: Line,
  line1: Line,
  line2: Line,
  line3: Line,
  shorterFrom: number,
  shorterTo: number,
  outLeft: Float32Array,
  outRight: Float32Array,
  level: number,
): void {
  const { gain: g0, absorb: b0, tap: t0 } = line0;
  const { gain: g1, absorb: b1, tap: t1 } = line1;
  const { gain: g2, absorb: b2, tap: t2 } = line2;
  const { gain: g3, absorb: b3, tap: t3 } = line3;
  const r0 = line0.ring.samples;
  const r1 = line1.ring.samples;
  const r2 = line2.ring.samples;
  const r3 = line3.ring.samples;
  const p0 = line0.ring.readAt(line0.frames);
  const p1 = line1.ring.readAt(line1.frames);
  const p2 = line2.ring.readAt(line2.frames);
  const p3 = line3.ring.readAt(line3.frames);
  let y0 = line0.state;
  let y1 = line1.state;
  let y2 = line2.state;
  let y3 = line3.state;
  const step = (shorterTo - shorterFrom) / BLOCK_FRAMES;
  let shorter = shorterFrom;
  for (let i = 0; i < BLOCK_FRAMES; i++) {
    const whole = shorter | 0;
    const at = p1 + i + whole;
    const before = r1[at]!;
    y0 = g0 * r0[p0 + i]! + b0 * y0;
    y1 = g1 * (before + (r1[at + 1]! - before) * (shorter - whole)) + b1 * y1;
    y2 = g2 * r2[p2 + i]! + b2 * y2;
    y3 = g3 * r3[p3 + i]! + b3 * y3;
    shorter += step;
    outLeft[i] = outLeft[i]! + (y0 - y2) * level;
    outRight[i] = outRight[i]! + (y1 - y3) * level;
    const a = y0 + y1;
    const b = y0 - y1;
    const c = y2 + y3;
    const d = y2 - y3;
    t0[i] = a + c;
    t1[i] = b + d;
    t2[i] = a - c;
    t3[i] = b - d;
  }
  // Keeps the states out of the range of denormals, which are slow.
  line0.state = y0 + 1e-18;
  line1.state = y1 + 1e-18;
  line2.state = y2 + 1e-18;
  line3.state = y3 + 1e-18;
}

/** Second stage of the matrix of 16 lines, for four of them, with the input; writes the lines. */
function feedFour(
  line0: Line,
  line1: Line,
  line2: Line,
  line3: Line,
  input: Float32Array,
  gain: number,
): void {
  const { tap: t0 } = line0;
  const { tap: t1 } = line1;
  const { tap: t2 } = line2;
  const { tap: t3 } = line3;
  const r0 = line0.ring.samples;
  const r1 = line1.ring.samples;
  const r2 = line2.ring.samples;
  const r3 = line3.ring.samples;
  const w0 = line0.ring.writeAt;
  const w1 = line1.ring.writeAt;
  const w2 = line2.ring.writeAt;
  const w3 = line3.ring.writeAt;
  for (let i = 0; i < BLOCK_FRAMES; i++) {
    const x = input[i]! * gain;
    const a = t0[i]! + t1[i]! + x;
    const b = t0[i]! - t1[i]! - x;
    const c = t2[i]! + t3[i]!;
    const d = t2[i]! - t3[i]!;
    r0[w0 + i] = a + c;
    r1[w1 + i] = b + d;
    r2[w2 + i] = a - c;
    r3[w3 + i] = b - d;
  }
}

/** Second stage of the matrix of 8 lines, for two of them. */
function feedTwo(line0: Line, line1: Line, input: Float32Array, gain: number): void {
  const { tap: t0 } = line0;
  const { tap: t1 } = line1;
  const r0 = line0.ring.samples;
  const r1 = line1.ring.samples;
  const w0 = line0.ring.writeAt;
  const w1 = line1.ring.writeAt;
  for (let i = 0; i < BLOCK_FRAMES; i++) {
    const x = input[i]! * gain;
    r0[w0 + i] = t0[i]! + t1[i]! + x;
    r1[w1 + i] = t0[i]! - t1[i]! - x;
  }
}
