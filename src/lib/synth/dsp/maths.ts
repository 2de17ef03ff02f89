import { SAMPLE_RATE } from './sample-rate.ts';

/**
 * Functions with the same bits in every JavaScript engine: only + - * / and tables. The language leaves the precision
 * of `Math.sin`, `Math.exp`, `Math.pow`, `Math.log` and `**` to the engine, so they are forbidden in synth/.
 */

const TABLE_SIZE = 4096;
const TWO_PI = 2 * Math.PI;

/** sin(2πx) by its Taylor series; exact to double precision. `cycles` is any real number. */
export function sinePrecise(cycles: number): number {
  let phase = cycles - Math.floor(cycles + 0.5);
  if (phase > 0.25) phase = 0.5 - phase;
  else if (phase < -0.25) phase = -0.5 - phase;
  const x = phase * TWO_PI;
  let term = x;
  let sum = x;
  for (let k = 1; k < 14; k++) {
    term *= (-x * x) / (2 * k * (2 * k + 1));
    sum += term;
  }
  return sum;
}

/** cos(2πx) to double precision. */
export function cosinePrecise(cycles: number): number {
  return sinePrecise(cycles + 0.25);
}

/** One period of a sine in 4096 steps and a guard point, for inner loops that interpolate it themselves. */
export const SINE_TABLE: Float64Array = Float64Array.from({ length: TABLE_SIZE + 1 }, (_, i) =>
  sinePrecise(i / TABLE_SIZE),
);

/** sin(2πx) by linear interpolation in a table: error below 3e-7. `cycles` is any real number. */
export function sine(cycles: number): number {
  const x = (cycles - Math.floor(cycles)) * TABLE_SIZE;
  const i = x | 0;
  const a = SINE_TABLE[i]!;
  return a + (SINE_TABLE[i + 1]! - a) * (x - i);
}

const POWERS_OF_TWO: Float64Array = new Float64Array(512);
for (let i = 0, up = 1, down = 1; i < 256; i++, up *= 2, down /= 2) {
  POWERS_OF_TWO[256 + i] = up;
  POWERS_OF_TWO[256 - i] = down;
}

/** 2 to the power x: 0 for x < -250, clamped at x = 250. Relative error below 1e-8. */
export function exp2(x: number): number {
  if (x < -250) return 0;
  const bounded = x > 250 ? 250 : x;
  const whole = Math.floor(bounded);
  const f = (bounded - whole) * Math.LN2;
  let sum = 1;
  for (let k = 10; k > 0; k--) sum = 1 + (f / k) * sum;
  return POWERS_OF_TWO[256 + whole]! * sum;
}

/** e to the power x. */
export function exp(x: number): number {
  return exp2(x * Math.LOG2E);
}

/** Natural logarithm of a positive number, by range reduction and the series of artanh. */
export function log(x: number): number {
  let mantissa = x;
  let exponent = 0;
  while (mantissa > Math.SQRT2 && exponent < 1100) {
    mantissa /= 2;
    exponent++;
  }
  while (mantissa < Math.SQRT1_2 && exponent > -1100) {
    mantissa *= 2;
    exponent--;
  }
  const y = (mantissa - 1) / (mantissa + 1);
  const y2 = y * y;
  let sum = 0;
  for (let k = 21; k > 0; k -= 2) sum = 1 / k + y2 * sum;
  return 2 * y * sum + exponent * Math.LN2;
}

/** A positive number to any power; 0 for other bases. */
export function power(base: number, exponent: number): number {
  return base <= 0 ? 0 : exp(exponent * log(base));
}

/** The linear gain of a level in dB. */
export function decibelsToGain(decibels: number): number {
  return exp2(decibels * 0.16609640474436813);
}

/** Frequency of a MIDI note number in equal temperament, A4 = 69 = 440 Hz. */
export function midiToHertz(midi: number): number {
  return 440 * exp2((midi - 69) / 12);
}

/** tanh by a rational approximation: error below 0.025, ±1 from |x| = 3. */
export function tanh(x: number): number {
  if (x > 3) return 1;
  if (x < -3) return -1;
  const q = x * x;
  return (x * (27 + q)) / (27 + 9 * q);
}

/** tan(πx) for 0 ≤ x < 0.5: the frequency warping of the bilinear transform. */
export function tanPi(x: number): number {
  return sinePrecise(x / 2) / cosinePrecise(x / 2);
}

/** x limited to low … high. */
export function clamp(x: number, low: number, high: number): number {
  return x < low ? low : x > high ? high : x;
}

/** Linear interpolation: a at t = 0, b at t = 1. */
export function lerp(a: number, b: number, t: number): number {
  return a + (b - a) * t;
}

/** 3t² - 2t³ of t clamped to 0 … 1: a step with continuous slope. */
export function smoothstep(t: number): number {
  const x = clamp(t, 0, 1);
  return x * x * (3 - 2 * x);
}

/** Factor per frame of an exponential decay with a time constant in seconds; 0 for none. */
export function decayPerFrame(seconds: number): number {
  return seconds <= 0 ? 0 : exp(-1 / (seconds * SAMPLE_RATE));
}

/** Factor per frame of an exponential decay by 60 dB in a time in seconds (RT60). */
export function decay60PerFrame(seconds: number): number {
  return exp(-6.9078 / (seconds * SAMPLE_RATE));
}

/** The pole of a first-order filter with a corner frequency: y ← x + pole × (y - x) is a lowpass. */
export function onePolePole(hertz: number): number {
  return exp((-TWO_PI * hertz) / SAMPLE_RATE);
}

/** By how much one cent raises a frequency, as a share of it. */
export const CENT = 0.00057779;

/** Equal-power gains of the left and the right channel; pan -1 (left) … 1 (right). */
export function panGains(pan: number): [left: number, right: number] {
  const x = (clamp(pan, -1, 1) + 1) / 8;
  return [sine(0.25 - x), sine(x)];
}
