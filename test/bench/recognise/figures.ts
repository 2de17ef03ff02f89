import { integratedLoudness, momentaryLoudness } from './loudness.ts';
import { powerSpectrum } from './spectrum.ts';
import { type Recording, toMono } from './solo.ts';

/** What a meter says of a recording. */
export interface Figures {
  /** Integrated loudness, LUFS. */
  lufs: number;
  /** The loudest 400 ms, LUFS. */
  loudestLufs: number;
  peak: number;
  crestDb: number;
  centroidHertz: number;
  dc: number;
  wrongSamples: number;
}

/** Measures a recording at 48 kHz. */
export function measure(recording: Recording): Figures {
  const mono = toMono(recording);
  let peak = 0;
  let sum = 0;
  let squares = 0;
  let wrongSamples = 0;
  for (const side of [recording.left, recording.right]) {
    for (const x of side) {
      if (!Number.isFinite(x)) wrongSamples++;
      peak = Math.max(peak, Math.abs(x));
      sum += x;
      squares += x * x;
    }
  }
  const count = mono.length * 2;
  const rms = Math.sqrt(squares / count);
  return {
    lufs: integratedLoudness(recording),
    loudestLufs: Math.max(...momentaryLoudness(recording)),
    peak,
    crestDb: 20 * Math.log10(peak / Math.max(rms, 1e-9)),
    centroidHertz: centroid(mono),
    dc: sum / count,
    wrongSamples,
  };
}

function centroid(mono: Float32Array): number {
  const size = 2048;
  let weighted = 0;
  let total = 0;
  for (let start = 0; start + size <= mono.length; start += size) {
    powerSpectrum(mono, start, size).forEach((power, k) => {
      weighted += power * ((k * 48_000) / size);
      total += power;
    });
  }
  return total > 0 ? weighted / total : 0;
}
