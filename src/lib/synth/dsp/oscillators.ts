import { SINE_TABLE, sinePrecise } from './maths.ts';

/**
 * The oscillators add `gain × wave` to out[from … to) and return the phase after the last frame (in cycles, 0 … 1).
 * `step` is the frequency divided by the sample rate, below 0.5.
 */

/** Sine of constant frequency by a two-term recurrence; the gain is ramped from `gain` to `gainTo`. */
export function addSine(
  out: Float32Array,
  phase: number,
  step: number,
  gain: number,
  from = 0,
  to = out.length,
  gainTo = gain,
): number {
  let now = sinePrecise(phase);
  let before = sinePrecise(phase - step);
  const k = 2 * sinePrecise(step + 0.25);
  let g = gain;
  const glide = (gainTo - gain) / Math.max(1, to - from);
  for (let i = from; i < to; i++) {
    out[i] = out[i]! + now * g;
    g += glide;
    const next = k * now - before;
    before = now;
    now = next;
  }
  const end = phase + step * (to - from);
  return end - Math.floor(end);
}

/** Sawtooth with polyBLEP anti-aliasing (Välimäki, Pekonen and Nam, 2012). */
export function addSaw(
  out: Float32Array,
  phase: number,
  step: number,
  gain: number,
  from = 0,
  to = out.length,
): number {
  let p = phase;
  const inverse = 1 / step;
  const late = 1 - step;
  for (let i = from; i < to; i++) {
    p += step;
    if (p >= 1) p -= 1;
    let s = 2 * p - 1;
    if (p < step) {
      const t = p * inverse;
      s -= t + t - t * t - 1;
    } else if (p > late) {
      const t = (p - 1) * inverse;
      s -= t * t + t + t + 1;
    }
    out[i] = out[i]! + s * gain;
  }
  return p;
}

/** Pulse wave with polyBLEP anti-aliasing, without DC. @param width Duty cycle, 0 … 1; 0.5 is a square. */
export function addPulse(
  out: Float32Array,
  phase: number,
  step: number,
  gain: number,
  width = 0.5,
  from = 0,
  to = out.length,
): number {
  let p = phase;
  const inverse = 1 / step;
  const late = 1 - step;
  const offset = 1 - 2 * width;
  for (let i = from; i < to; i++) {
    p += step;
    if (p >= 1) p -= 1;
    let s = p < width ? 1 : -1;
    if (p < step) {
      const t = p * inverse;
      s += t + t - t * t - 1;
    } else if (p > late) {
      const t = (p - 1) * inverse;
      s += t * t + t + t + 1;
    }
    let q = p - width;
    if (q < 0) q += 1;
    if (q < step) {
      const t = q * inverse;
      s -= t + t - t * t - 1;
    } else if (q > late) {
      const t = (q - 1) * inverse;
      s -= t * t + t + t + 1;
    }
    out[i] = out[i]! + (s + offset) * gain;
  }
  return p;
}

/** Replaces phases (in cycles, any real number) by gain × their sine. */
export function sineOfPhases(out: Float32Array, gain = 1, from = 0, to = out.length): void {
  const table = SINE_TABLE;
  for (let i = from; i < to; i++) {
    const cycles = out[i]!;
    const x = (cycles - Math.floor(cycles)) * 4096;
    const k = x | 0;
    const a = table[k]!;
    out[i] = (a + (table[k + 1]! - a) * (x - k)) * gain;
  }
}

/** Two-operator FM: out += gain × sin(carrier + index × sin(modulator)). Index (in cycles) and gain are ramped. */
export class FmPair {
  #carrier = 0;
  #modulator = 0;

  add(
    out: Float32Array,
    carrierStep: number,
    modulatorStep: number,
    index: number,
    indexTo: number,
    gain: number,
    gainTo: number,
    from = 0,
    to = out.length,
  ): void {
    const table = SINE_TABLE;
    let c = this.#carrier;
    let m = this.#modulator;
    const span = Math.max(1, to - from);
    let depth = index;
    const depthStep = (indexTo - index) / span;
    let g = gain;
    const gainStep = (gainTo - gain) / span;
    for (let i = from; i < to; i++) {
      m += modulatorStep;
      if (m >= 1) m -= 1;
      c += carrierStep;
      if (c >= 1) c -= 1;
      const mx = m * 4096;
      const mk = mx | 0;
      const ma = table[mk]!;
      const cycles = c + depth * (ma + (table[mk + 1]! - ma) * (mx - mk));
      const x = (cycles - Math.floor(cycles)) * 4096;
      const k = x | 0;
      const a = table[k]!;
      out[i] = out[i]! + (a + (table[k + 1]! - a) * (x - k)) * g;
      depth += depthStep;
      g += gainStep;
    }
    this.#carrier = c;
    this.#modulator = m;
  }
}
