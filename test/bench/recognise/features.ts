import { powerSpectrum } from './spectrum.ts';

const SIZE = 1024;
const HOP = 480;
const BANDS = 32;
const LOWEST_HERTZ = 60;
const HIGHEST_HERTZ = 15_000;
const COEFFICIENTS = 16;

/**
 * What a sound is like, whatever its level: means and deviations of mel cepstra and of their changes, and the shape of
 * its loudness in time (how peaky, how much pause, how fast it beats). Input: mono at 48 kHz; leading and trailing
 * silence does not count.
 */
export function featuresOf(mono: Float32Array): number[] {
  const frames = logMel(mono);
  const cepstra = frames.map(cepstrum);
  const energies = frames.map((bands) => Math.log10(bands.reduce((sum, x) => sum + 10 ** x, 0)));
  const features: number[] = [];
  for (let k = 1; k < COEFFICIENTS; k++) {
    const track = cepstra.map((c) => c[k]!);
    const changes = track.slice(2).map((x, i) => x - track[i]!);
    features.push(mean(track), deviation(track), deviation(changes));
  }
  const loud = Math.max(...energies);
  const shares = [0.5, 1, 2, 3].map(
    (below) => energies.filter((e) => e > loud - below).length / energies.length,
  );
  const changes = energies.slice(1).map((e, i) => e - energies[i]!);
  features.push(
    ...shares.map((x) => x * 2),
    deviation(energies) * 2,
    deviation(changes) * 4,
    Math.max(...changes),
  );
  features.push(...beats(energies));
  return features;
}

/** How strongly the loudness repeats at 2 … 30 times a second, in six bands. */
function beats(energies: readonly number[]): number[] {
  const centre = mean(energies);
  const x = energies.map((e) => Math.max(-2, e - centre));
  const power = x.reduce((sum, v) => sum + v * v, 1e-9);
  const strongest = (fromLag: number, toLag: number) => {
    let most = 0;
    for (let lag = fromLag; lag < toLag && lag < x.length / 2; lag++) {
      let sum = 0;
      for (let i = lag; i < x.length; i++) sum += x[i]! * x[i - lag]!;
      most = Math.max(most, sum / power);
    }
    return most;
  };
  return [
    [3, 6],
    [6, 12],
    [12, 24],
    [24, 40],
    [40, 70],
    [70, 120],
  ].map(([from, to]) => strongest(from!, to!));
}

/** Logarithmic mel spectra of the audible stretch, one per 10 ms, never below 6 decades under the loudest. */
export function logMel(mono: Float32Array): number[][] {
  const frames: number[][] = [];
  for (let start = 0; start + SIZE <= mono.length; start += HOP) {
    const power = powerSpectrum(mono, start, SIZE);
    frames.push(
      FILTERS.map((filter) => filter.reduce((sum, [bin, weight]) => sum + power[bin]! * weight, 1e-12)),
    );
  }
  const loudest = Math.max(1e-9, ...frames.map((bands) => bands.reduce((a, b) => a + b)));
  const isHeard = (bands: number[]) => bands.reduce((a, b) => a + b) > loudest * 1e-5;
  const first = frames.findIndex(isHeard);
  const last = frames.findLastIndex(isHeard);
  return frames
    .slice(first, last + 1)
    .map((bands) => bands.map((x) => Math.log10(Math.max(x, loudest * 1e-6))));
}

function cepstrum(bands: number[]): number[] {
  return Array.from(
    { length: COEFFICIENTS },
    (_, k) =>
      bands.reduce((sum, x, i) => sum + x * Math.cos((Math.PI * k * (i + 0.5)) / BANDS), 0) * (2 / BANDS),
  );
}

const FILTERS: [bin: number, weight: number][][] = (() => {
  const mel = (hertz: number) => 2595 * Math.log10(1 + hertz / 700);
  const hertz = (m: number) => 700 * (10 ** (m / 2595) - 1);
  const low = mel(LOWEST_HERTZ);
  const step = (mel(HIGHEST_HERTZ) - low) / (BANDS + 1);
  return Array.from({ length: BANDS }, (_, i) => {
    const [a, b, c] = [i, i + 1, i + 2].map((k) => (hertz(low + k * step) * SIZE) / 48_000) as [
      number,
      number,
      number,
    ];
    const filter: [number, number][] = [];
    for (let bin = Math.floor(a); bin <= Math.ceil(c); bin++) {
      const weight = bin < b ? (bin - a) / (b - a) : (c - bin) / (c - b);
      if (weight > 0) filter.push([bin, weight]);
    }
    return filter.length > 0 ? filter : [[Math.round(b), 1]];
  });
})();

function mean(values: readonly number[]): number {
  return values.reduce((sum, x) => sum + x, 0) / Math.max(1, values.length);
}

function deviation(values: readonly number[]): number {
  const centre = mean(values);
  return Math.sqrt(values.reduce((sum, x) => sum + (x - centre) ** 2, 0) / Math.max(1, values.length));
}
