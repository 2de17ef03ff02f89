import type { Score, SoundtrackRequest } from '#lib/job/score.ts';
import { inverseFft } from '#lib/synth/dsp/fft.ts';
import { planMusic } from '#lib/synth/music/plan-music.ts';
import { findStyle } from '#lib/synth/music/styles/styles.ts';
import { renderStem } from '#lib/synth/render.ts';

/** A request for music only, in the middle of everything, with what differs. */
export function musicRequest(differences: Partial<SoundtrackRequest> = {}): SoundtrackRequest {
  return {
    musicPrompt: '',
    effectsPrompt: '',
    negativePrompt: '',
    mood: { valence: 0.2, arousal: 0 },
    cues: [],
    curve: [],
    cuts: [],
    durationSeconds: 12,
    seed: 1,
    kind: 'music',
    ...differences,
  };
}

/** The score of a request in a given style; the mood is the style's own unless the request says otherwise. */
export function scoreIn(style: string, differences: Partial<SoundtrackRequest> = {}): Score {
  const request = musicRequest({ mood: findStyle(style).centre, ...differences });
  const { music, mood } = planMusic(request, style);
  return {
    durationSeconds: request.durationSeconds,
    seed: request.seed,
    mood,
    music,
    layers: [],
    events: [],
    unknownWords: [],
  };
}

/** A whole stem in two arrays. */
export function renderWhole(score: Score): { left: Float32Array; right: Float32Array } {
  const total = Math.round(score.durationSeconds * 48_000);
  const left = new Float32Array(total);
  const right = new Float32Array(total);
  let at = 0;
  for (const chunk of renderStem(score, 'music')) {
    left.set(chunk.left, at);
    right.set(chunk.right, at);
    at += chunk.left.length;
  }
  return { left, right };
}

/** The power spectrum of one Hann-windowed frame of the mid signal. */
export function powerSpectrum(
  left: Float32Array,
  right: Float32Array,
  start: number,
  size: number,
): Float64Array {
  const re = new Float64Array(size);
  const im = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    const x = ((left[start + i] ?? 0) + (right[start + i] ?? 0)) / 2;
    re[i] = x * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / size));
  }
  // Of a real signal, both directions have the same power.
  inverseFft(re, im);
  return Float64Array.from({ length: size / 2 }, (_, k) => re[k]! ** 2 + im[k]! ** 2);
}

/** Semitones from an overtone down to the tone it may belong to, and how much that is believed. */
const FUNDAMENTALS = [1, 2, 3, 4, 5, 6].map((number) => ({
  semitones: 12 * Math.log2(number),
  weight: 0.6 ** (number - 1),
}));

/**
 * Energy per pitch class between 100 Hz and 2.1 kHz, each frame compressed so that loud moments do not rule. What
 * sounds may be an overtone, so it counts for the tones below it too (Gómez, Tonal description of music audio
 * signals, 2006): otherwise the third overtone of every tone makes its fifth too strong.
 */
export function chroma(left: Float32Array, right: Float32Array): number[] {
  const size = 16_384;
  const sum = new Array<number>(12).fill(0);
  for (let start = 0; start + size <= left.length; start += size) {
    const power = powerSpectrum(left, right, start, size);
    const frame = new Array<number>(12).fill(0);
    power.forEach((p, k) => {
      const hertz = (k * 48_000) / size;
      if (hertz < 100 || hertz > 2100) return;
      const midi = 69 + 12 * Math.log2(hertz / 440);
      for (const { semitones, weight } of FUNDAMENTALS) {
        frame[((Math.round(midi - semitones) % 12) + 12) % 12]! += weight * Math.sqrt(p);
      }
    });
    const total = frame.reduce((a, b) => a + b, 1e-12);
    frame.forEach((x, pitch) => (sum[pitch]! += x / total));
  }
  return sum;
}

/** Correlation of two lists. */
export function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (x: readonly number[]) => x.reduce((s, y) => s + y, 0) / x.length;
  const ma = mean(a);
  const mb = mean(b);
  let ab = 0;
  let aa = 0;
  let bb = 0;
  a.forEach((x, i) => {
    ab += (x - ma) * (b[i]! - mb);
    aa += (x - ma) ** 2;
    bb += (b[i]! - mb) ** 2;
  });
  return ab / Math.sqrt(aa * bb + 1e-20);
}

const BAND_EDGES = [40, 120, 250, 500, 1000, 2000, 4000, 8000, 16_000];

/** Level in dB of eight bands in frames of 1024 samples, 512 apart. */
export function bandFrames(left: Float32Array, right: Float32Array): number[][] {
  const frames: number[][] = [];
  for (let start = 0; start + 1024 <= left.length; start += 512) {
    const power = powerSpectrum(left, right, start, 1024);
    frames.push(
      BAND_EDGES.slice(0, -1).map((low, b) => {
        let sum = 1e-9;
        for (let k = Math.max(1, Math.floor(low / 46.875)); k < BAND_EDGES[b + 1]! / 46.875; k++)
          sum += power[k]!;
        return 10 * Math.log10(sum);
      }),
    );
  }
  return frames;
}

/** How much the bands rise at each frame of bandFrames: an onset curve, 93.75 values per second. */
export function onsetCurve(frames: readonly (readonly number[])[]): number[] {
  return frames.map((frame, i) =>
    i < 2
      ? 0
      : frame.reduce((sum, level, b) => sum + Math.max(0, level - Math.max(frames[i - 2]![b]!, -50)), 0),
  );
}

/** Beats per minute that the onset curve repeats at, sought near a guess or its simple multiples. */
export function tempoNear(onsets: readonly number[], guessBpm: number): number {
  const mean = onsets.reduce((a, b) => a + b, 0) / onsets.length;
  const centred = onsets.map((x) => x - mean);
  let best = 0;
  let bestScore = -Infinity;
  for (let bpm = guessBpm * 0.8; bpm <= guessBpm * 1.25; bpm += 0.1) {
    let score = 0;
    // Four periods sharpen the estimate.
    for (const beats of [1, 2, 4, 8]) {
      const lag = (60 / bpm) * beats * 93.75;
      const whole = Math.floor(lag);
      const part = lag - whole;
      let sum = 0;
      for (let i = 0; i + whole + 1 < centred.length; i++)
        sum += centred[i]! * (centred[i + whole]! * (1 - part) + centred[i + whole + 1]! * part);
      score += sum / (centred.length - whole);
    }
    if (score > bestScore) {
      bestScore = score;
      best = bpm;
    }
  }
  return best;
}

/** Mean brightness: centroid in Hz of the amplitude spectrum. */
export function centroid(left: Float32Array, right: Float32Array): number {
  let weighted = 0;
  let total = 1e-12;
  for (let start = 0; start + 4096 <= left.length; start += 4096) {
    powerSpectrum(left, right, start, 4096).forEach((p, k) => {
      const a = Math.sqrt(p);
      weighted += a * k * 11.71875;
      total += a;
    });
  }
  return weighted / total;
}
