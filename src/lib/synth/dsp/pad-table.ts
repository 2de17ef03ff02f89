import { inverseFft } from './fft.ts';
import { CENT, exp, onePolePole, power } from './maths.ts';
import type { Random } from './random.ts';
import { SAMPLE_RATE } from './sample-rate.ts';

/** A looping stereo table of 16-bit samples, to be multiplied by `scale`, and its fundamental frequency. */
export interface PadTable {
  left: Int16Array;
  right: Int16Array;
  scale: number;
  hertz: number;
}

/** The spectrum of a choir, a string section or a pad. */
export interface PadSpectrum {
  /** Amplitude of a partial by its number, from 1, and its frequency. */
  amplitude: (partial: number, hertz: number) => number;
  /** Bandwidth of the fundamental, cents: how far the players are detuned. */
  widthCents: number;
  /** 1: all partials have the same bandwidth in cents; above 1 it grows with their number. */
  widthGrowth: number;
}

/** Low tones need long tables, or the repetition of their beating is audible; half is enough for high ones. */
function framesFor(hertz: number): number {
  return hertz < 250 ? 1 << 17 : 1 << 16;
}

/**
 * PADsynth (Paul Nasca, 2004): every partial is spread over a band of frequencies with random phases, and one inverse
 * Fourier transform makes 1.4 or 2.7 seconds that loop seamlessly. Left and right have independent phases.
 */
export function buildPadTable(hertz: number, spectrum: PadSpectrum, random: Random): PadTable {
  const frames = framesFor(hertz);
  const energy = new Float64Array(frames / 2);
  const resolution = SAMPLE_RATE / frames;
  for (let partial = 1; partial * hertz < 17_000; partial++) {
    const centre = partial * hertz;
    const amplitude = spectrum.amplitude(partial, centre);
    if (amplitude < 2e-3) continue;
    const cents = spectrum.widthCents * power(partial, spectrum.widthGrowth - 1);
    // The bandwidth is two standard deviations.
    const deviation = Math.max(0.6, (centre * cents * CENT) / resolution / 2);
    smear(energy, centre / resolution, deviation, amplitude);
  }
  const real = new Float64Array(frames);
  const imaginary = new Float64Array(frames);
  scatter(energy, real, imaginary, random);
  inverseFft(real, imaginary);
  return normalise(real, imaginary, hertz);
}

const BELL_REACH = 3.5;
const BELL_STEPS = 256;
/** The square of a Gaussian bell from its centre to 3.5 standard deviations. */
const BELL = Float64Array.from({ length: BELL_REACH * BELL_STEPS + 2 }, (_, i) => {
  const d = i / BELL_STEPS;
  return exp(-d * d);
});

/** Adds the energy of one partial to the bins around its centre. */
function smear(energy: Float64Array, centre: number, deviation: number, amplitude: number): void {
  const first = Math.max(1, Math.ceil(centre - BELL_REACH * deviation));
  const last = Math.min(energy.length - 1, Math.floor(centre + BELL_REACH * deviation));
  const level = (amplitude * amplitude) / deviation;
  const scale = BELL_STEPS / deviation;
  for (let bin = first; bin <= last; bin++) {
    const x = (bin < centre ? centre - bin : bin - centre) * scale;
    const i = x | 0;
    const a = BELL[i]!;
    energy[bin] = energy[bin]! + level * (a + (BELL[i + 1]! - a) * (x - i));
  }
}

/** Draws a random complex amplitude per bin and channel; the spectrum is that of left + i·right. */
function scatter(energy: Float64Array, real: Float64Array, imaginary: Float64Array, random: Random): void {
  for (let bin = 1; bin < energy.length; bin++) {
    if (energy[bin] === 0) continue;
    const size = Math.sqrt(energy[bin]!);
    const a = random.between(-size, size);
    const b = random.between(-size, size);
    const c = random.between(-size, size);
    const e = random.between(-size, size);
    // Left has the spectrum a + bi, right c + ei: one complex transform makes two real signals.
    real[bin] = a - e;
    imaginary[bin] = b + c;
    const mirror = real.length - bin;
    real[mirror] = a + e;
    imaginary[mirror] = c - b;
  }
}

/** Quantises to 16 bits with the largest sample at full scale; `scale` gives all tables the same energy. */
function normalise(real: Float64Array, imaginary: Float64Array, hertz: number): PadTable {
  const frames = real.length;
  let energy = 1e-20;
  let largest = 1e-9;
  for (let i = 0; i < frames; i++) {
    const x = real[i]!;
    const y = imaginary[i]!;
    energy += x * x + y * y;
    largest = Math.max(largest, x, -x, y, -y);
  }
  const left = new Int16Array(frames);
  const right = new Int16Array(frames);
  const up = 32_767 / largest;
  for (let i = 0; i < frames; i++) {
    left[i] = Math.floor(real[i]! * up + 0.5);
    right[i] = Math.floor(imaginary[i]! * up + 0.5);
  }
  return { left, right, scale: 0.2 / Math.sqrt(energy / (2 * frames)) / up, hertz };
}

/** Fractional bits of a position; with the longest table it still fits into 31 bits. */
const FINE_BITS = 13;
const FINENESS = 1 << FINE_BITS;

/** Plays a table at any speed (linear interpolation) through a lowpass of 12 dB per octave (two one-poles). */
export class PadReader {
  readonly #table: PadTable;
  #position: number;
  #advance = 0;
  #pole = 0;
  #l1 = 0;
  #l2 = 0;
  #r1 = 0;
  #r2 = 0;

  /** @param start Where in the table to begin, 0 … 1. */
  constructor(table: PadTable, start: number) {
    this.#table = table;
    this.#position = Math.floor(start * (table.left.length - 1)) * FINENESS;
  }

  /** Sets the speed and the lowpass. @param step Table frames per frame. @param hertz Cut-off frequency. */
  tune(step: number, hertz: number): void {
    // Positions are in 1/8192 of a frame: the pitch is off by at most 0.1 cent.
    this.#advance = Math.round(step * FINENESS);
    const pole = onePolePole(hertz);
    // The filters run without their input gain, so their states must be rescaled for the new coefficient.
    const ratio = (1 - this.#pole) / (1 - pole);
    this.#l1 *= ratio;
    this.#r1 *= ratio;
    this.#l2 *= ratio * ratio;
    this.#r2 *= ratio * ratio;
    this.#pole = pole;
  }

  /** Adds the next frames at levels that are ramped. */
  add(
    left: Float32Array,
    right: Float32Array,
    levelLeft: number,
    levelRight: number,
    levelLeftTo: number,
    levelRightTo: number,
  ): void {
    const l = this.#table.left;
    const r = this.#table.right;
    const mask = l.length - 1;
    const b = this.#pole;
    const a = 1 - b;
    const frames = left.length;
    // The input gains of both lowpasses are part of the level.
    const scale = a * a * this.#table.scale;
    const glideLeft = ((levelLeftTo - levelLeft) * scale) / frames;
    const glideRight = ((levelRightTo - levelRight) * scale) / frames;
    let gl = levelLeft * scale;
    let gr = levelRight * scale;
    const advance = this.#advance;
    let p = this.#position;
    let l1 = this.#l1;
    let l2 = this.#l2;
    let r1 = this.#r1;
    let r2 = this.#r2;
    for (let i = 0; i < frames; i++) {
      const f = (p & (FINENESS - 1)) * (1 / FINENESS);
      const j = (p >>> FINE_BITS) & mask;
      const n = (j + 1) & mask;
      const x = l[j]!;
      const y = r[j]!;
      l1 = x + (l[n]! - x) * f + b * l1;
      r1 = y + (r[n]! - y) * f + b * r1;
      l2 = l1 + b * l2;
      r2 = r1 + b * r2;
      left[i] = left[i]! + l2 * gl;
      right[i] = right[i]! + r2 * gr;
      gl += glideLeft;
      gr += glideRight;
      p = (p + advance) | 0;
    }
    this.#position = p & (l.length * FINENESS - 1);
    this.#l1 = l1;
    this.#l2 = l2;
    this.#r1 = r1;
    this.#r2 = r2;
  }
}
