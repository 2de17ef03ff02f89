import { inverseFft } from './fft.ts';
import { exp, power } from './maths.ts';
import type { Random } from './random.ts';
import { SAMPLE_RATE } from './sample-rate.ts';

/** A looping stereo table and the frequency it was made for. */
export interface PadTable {
  left: Float32Array;
  right: Float32Array;
  hertz: number;
}

/** What a choir, a string section or a pad is made of. */
export interface PadSpectrum {
  /** Amplitude of a partial: its number from 1 and its frequency. */
  amplitude: (partial: number, hertz: number) => number;
  /** How far the players disagree about the fundamental, cents. */
  widthCents: number;
  /** 1: every partial disagrees by the same cents; above 1 the high ones disagree more. */
  widthGrowth: number;
}

const FRAMES = 1 << 17;

/**
 * PADsynth (Paul Nasca, 2004): every partial is smeared over a band of frequencies with random phases, and one
 * inverse Fourier transform makes 2.7 s that loop without a seam. Left and right have independent phases.
 */
export function buildPadTable(hertz: number, spectrum: PadSpectrum, random: Random): PadTable {
  const real = new Float64Array(FRAMES);
  const imaginary = new Float64Array(FRAMES);
  const resolution = SAMPLE_RATE / FRAMES;
  for (let partial = 1; partial * hertz < 17_000; partial++) {
    const centre = partial * hertz;
    const amplitude = spectrum.amplitude(partial, centre);
    if (amplitude < 1e-4) continue;
    const cents = spectrum.widthCents * power(partial, spectrum.widthGrowth - 1);
    // A cent is 0.00057779 of a frequency; the band's full width is two deviations.
    const deviation = Math.max(0.6, (centre * cents * 0.00057779) / resolution / 2);
    smear(real, imaginary, centre / resolution, deviation, amplitude, random);
  }
  inverseFft(real, imaginary);
  return normalise(real, imaginary, hertz);
}

/** Adds a bell of random phases around a bin; positive frequencies carry left + i·right, negative ones left - i·right. */
function smear(
  real: Float64Array,
  imaginary: Float64Array,
  centre: number,
  deviation: number,
  amplitude: number,
  random: Random,
): void {
  const first = Math.max(1, Math.floor(centre - 3.5 * deviation));
  const last = Math.min(FRAMES / 2 - 1, Math.ceil(centre + 3.5 * deviation));
  const level = amplitude / Math.sqrt(deviation);
  for (let bin = first; bin <= last; bin++) {
    const d = (bin - centre) / deviation;
    const size = level * exp(-0.5 * d * d);
    const a = random.between(-1, 1) * size;
    const b = random.between(-1, 1) * size;
    const c = random.between(-1, 1) * size;
    const e = random.between(-1, 1) * size;
    // Left has the spectrum a + bi, right c + ei; both real signals share one complex transform.
    real[bin] = real[bin]! + a - e;
    imaginary[bin] = imaginary[bin]! + b + c;
    const mirror = FRAMES - bin;
    real[mirror] = real[mirror]! + a + e;
    imaginary[mirror] = imaginary[mirror]! + c - b;
  }
}

function normalise(real: Float64Array, imaginary: Float64Array, hertz: number): PadTable {
  let energy = 1e-20;
  for (let i = 0; i < FRAMES; i++) energy += real[i]! * real[i]! + imaginary[i]! * imaginary[i]!;
  const gain = 0.2 / Math.sqrt(energy / (2 * FRAMES));
  const left = new Float32Array(FRAMES);
  const right = new Float32Array(FRAMES);
  for (let i = 0; i < FRAMES; i++) {
    left[i] = real[i]! * gain;
    right[i] = imaginary[i]! * gain;
  }
  return { left, right, hertz };
}

/**
 * Adds the table, read at a speed, to the output and returns the position to go on from.
 * @param position frames into the table. @param step table frames per frame.
 */
export function addPadTable(
  table: PadTable,
  left: Float32Array,
  right: Float32Array,
  position: number,
  step: number,
  from = 0,
  to = left.length,
): number {
  const l = table.left;
  const r = table.right;
  const mask = FRAMES - 1;
  let p = position;
  for (let i = from; i < to; i++) {
    const k = p | 0;
    const f = p - k;
    const a = l[k & mask]!;
    const b = r[k & mask]!;
    left[i] = left[i]! + a + (l[(k + 1) & mask]! - a) * f;
    right[i] = right[i]! + b + (r[(k + 1) & mask]! - b) * f;
    p += step;
  }
  return p >= FRAMES ? p - FRAMES : p;
}
