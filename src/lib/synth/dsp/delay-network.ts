import { clamp, exp, sine } from './maths.ts';
import { BLOCK_FRAMES, SAMPLE_RATE } from './sample-rate.ts';

/** Primes, about 28 … 86 ms at size 1: no two lines share an echo. */
const LINE_FRAMES = [
  1361, 1523, 1699, 1871, 2039, 2207, 2377, 2549, 2719, 2887, 3061, 3251, 3433, 3631, 3847, 4111,
];

/** How a network of delays rings. */
export interface NetworkShape {
  /** Time in which low and middle tones fall by 60 dB. */
  seconds: number;
  /** Factor of all delays. */
  size: number;
  /** How long the treble lives compared with the rest, 0 … 1. */
  brightness: number;
}

/** One delay that feeds back. */
interface Line {
  ring: Float32Array;
  mask: number;
  frames: number;
  gain: number;
  absorb: number;
  /** What the absorbing lowpass said last. */
  state: number;
  tap: Float32Array;
  /** Of its modulation, in turns. */
  ratePerSecond: number;
  phase: number;
}

/**
 * A stereo feedback delay network: 16 lines (8 in small rooms) mixed by a Hadamard matrix, absorption after Jot and
 * Chaigne (1991), every fourth line slowly modulated against metallic ringing. The matrix is applied as two stages over
 * four lines each, fused with reading and writing: one loop per four lines, four filters at once.
 * Blocks of at most 256 frames: no line is shorter.
 */
export class DelayNetwork {
  readonly #lines: Line[];
  #written = 0;
  #seconds = 0;

  constructor({ seconds, size, brightness }: NetworkShape) {
    // A small room is dense enough with half the lines; every second one keeps the spread.
    const isSmall = size < 0.6;
    const alpha = clamp(brightness, 0.1, 1);
    this.#lines = LINE_FRAMES.filter((_, k) => !isSmall || k % 2 === 0).map((unit, k) => {
      const frames = Math.round(unit * size);
      const decibels = (-60 * frames) / (seconds * SAMPLE_RATE);
      const absorb = clamp(0.0287823 * decibels * (1 - 1 / (alpha * alpha)), 0, 0.85);
      let length = 512;
      while (length < frames + BLOCK_FRAMES + 32) length *= 2;
      return {
        ring: new Float32Array(length),
        mask: length - 1,
        frames,
        gain: exp(decibels * 0.11512925464970229) * (1 - absorb),
        absorb,
        state: 0,
        tap: new Float32Array(BLOCK_FRAMES),
        ratePerSecond: 0.31 + 0.07 * k,
        phase: k * 0.13,
      };
    });
  }

  /** Adds `level` × what rings to the output, and feeds it on with the input. */
  add(
    inLeft: Float32Array,
    inRight: Float32Array,
    outLeft: Float32Array,
    outRight: Float32Array,
    level: number,
    frames: number,
  ): void {
    const lines = this.#lines;
    const seconds = this.#seconds;
    this.#seconds += frames / SAMPLE_RATE;
    for (let k = 0; k < lines.length; k += 4) {
      const modulated = lines[k + 1]!;
      read(
        [lines[k]!, modulated, lines[k + 2]!, lines[k + 3]!],
        this.#written,
        [offset(modulated, seconds), offset(modulated, this.#seconds)],
        [outLeft, outRight],
        lines.length === 16 ? level * 0.7 : level,
        frames,
      );
    }
    for (let k = 0; k < 4; k++) {
      const input = k & 1 ? inRight : inLeft;
      if (lines.length === 16)
        feedFour(lines[k]!, lines[k + 4]!, lines[k + 8]!, lines[k + 12]!, input, this.#written, frames);
      else feedTwo(lines[k]!, lines[k + 4]!, input, this.#written, frames);
    }
    this.#written = (this.#written + frames) & 0x3fffffff;
  }
}

/** By how many frames a modulated line is shorter at a time. */
function offset({ ratePerSecond, phase }: Line, seconds: number): number {
  return 7 + 6 * sine(seconds * ratePerSecond + phase);
}

/** Reads four lines, lets them be heard, and mixes them among themselves into their taps; the second is modulated. */
function read(
  [l0, l1, l2, l3]: readonly [Line, Line, Line, Line],
  written: number,
  [from, to]: readonly [number, number],
  [outLeft, outRight]: readonly [Float32Array, Float32Array],
  level: number,
  frames: number,
): void {
  const { ring: r0, mask: m0, gain: g0, absorb: b0, tap: t0 } = l0;
  const { ring: r1, mask: m1, gain: g1, absorb: b1, tap: t1 } = l1;
  const { ring: r2, mask: m2, gain: g2, absorb: b2, tap: t2 } = l2;
  const { ring: r3, mask: m3, gain: g3, absorb: b3, tap: t3 } = l3;
  const p0 = written - l0.frames;
  const p1 = written - l1.frames;
  const p2 = written - l2.frames;
  const p3 = written - l3.frames;
  let y0 = l0.state;
  let y1 = l1.state;
  let y2 = l2.state;
  let y3 = l3.state;
  const step = (to - from) / frames;
  let shorter = from;
  for (let i = 0; i < frames; i++) {
    const whole = shorter | 0;
    const at = p1 + i + whole;
    const before = r1[at & m1]!;
    y0 = g0 * r0[(p0 + i) & m0]! + b0 * y0;
    y1 = g1 * (before + (r1[(at + 1) & m1]! - before) * (shorter - whole)) + b1 * y1;
    y2 = g2 * r2[(p2 + i) & m2]! + b2 * y2;
    y3 = g3 * r3[(p3 + i) & m3]! + b3 * y3;
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
  // No number may get so small that processors become slow.
  l0.state = y0 + 1e-18;
  l1.state = y1 + 1e-18;
  l2.state = y2 + 1e-18;
  l3.state = y3 + 1e-18;
}

/** The second half of the matrix over sixteen lines, and the way back into four of them. */
function feedFour(l0: Line, l1: Line, l2: Line, l3: Line, input: Float32Array, w: number, frames: number) {
  const { ring: r0, mask: m0, tap: t0 } = l0;
  const { ring: r1, mask: m1, tap: t1 } = l1;
  const { ring: r2, mask: m2, tap: t2 } = l2;
  const { ring: r3, mask: m3, tap: t3 } = l3;
  for (let i = 0; i < frames; i++) {
    const x = input[i]! * 0.35;
    const a = (t0[i]! + t1[i]!) * 0.25;
    const b = (t0[i]! - t1[i]!) * 0.25;
    const c = (t2[i]! + t3[i]!) * 0.25;
    const d = (t2[i]! - t3[i]!) * 0.25;
    r0[(w + i) & m0] = a + c + x;
    r1[(w + i) & m1] = b + d - x;
    r2[(w + i) & m2] = a - c + x;
    r3[(w + i) & m3] = b - d - x;
  }
}

/** The same over eight lines. */
function feedTwo(l0: Line, l1: Line, input: Float32Array, w: number, frames: number): void {
  const { ring: r0, mask: m0, tap: t0 } = l0;
  const { ring: r1, mask: m1, tap: t1 } = l1;
  for (let i = 0; i < frames; i++) {
    const x = input[i]! * 0.35;
    r0[(w + i) & m0] = (t0[i]! + t1[i]!) * 0.3535533905932738 + x;
    r1[(w + i) & m1] = (t0[i]! - t1[i]!) * 0.3535533905932738 - x;
  }
}
