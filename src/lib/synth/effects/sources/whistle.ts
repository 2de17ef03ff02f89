import { addScaled, newBlock } from '../../dsp/blocks.ts';
import { exp2, log } from '../../dsp/maths.ts';
import { sineOfPhases } from '../../dsp/oscillators.ts';
import { SAMPLE_RATE } from '../../dsp/sample-rate.ts';
import { mono, type Source } from './source.ts';

/** A tone of a whistle: a sine with a few harmonics that glides in pitch. */
export interface Syllable {
  /** Start, seconds. */
  at: number;
  seconds: number;
  fromHertz: number;
  toHertz: number;
  gain: number;
  /** Depth of a fast vibrato in Hz, at `vibratoRate` per second. */
  vibratoHertz?: number;
  vibratoRate?: number;
  /** Level of the second and third harmonic; 0.08 by default. */
  harmonics?: number;
}

const STEP = 64;

/** Renders syllables, which must not overlap, for birds, beeps and ring tones. @param pan -1 left … 1 right. */
export function whistle(syllables: readonly Syllable[], pan = 0, gain = 1): Source {
  const last = syllables.at(-1);
  const end = last ? last.at + last.seconds : 0;
  const phases = newBlock();
  const overtone = newBlock();
  const third = newBlock();
  const envelope = newBlock();
  let current = 0;
  let phase = 0;
  const render = (out: Float32Array, from: number, to: number, seconds: number) => {
    while (current < syllables.length - 1 && seconds >= syllables[current + 1]!.at) current++;
    const s = syllables[current];
    const x = s ? (seconds - s.at) / s.seconds : -1;
    if (!s || x < -STEP / SAMPLE_RATE / s.seconds || x > 1) return;
    const octaves = log(s.toHertz / s.fromHertz) / Math.LN2;
    const vibrato = s.vibratoHertz ? s.vibratoHertz * sineAt(seconds * (s.vibratoRate ?? 25)) : 0;
    const step = (s.fromHertz * exp2(x * octaves) + vibrato) / SAMPLE_RATE;
    const slope = 1 / (s.seconds * SAMPLE_RATE);
    const { gain: loudness } = s;
    let turns = phase;
    for (let i = from; i < to; i++) {
      phases[i] = turns += step;
      const y = x + (i - from) * slope;
      const rise = y * 4 < 1 ? y * 4 : 1;
      const fall = (1 - y) * 3 < 1 ? (1 - y) * 3 : 1;
      const level = rise < 0 || fall < 0 ? 0 : rise * rise * (3 - 2 * rise) * fall * fall * (3 - 2 * fall);
      envelope[i] = level * loudness;
    }
    addHarmonics(s.harmonics ?? 0.08, from, to);
    phase = turns - Math.floor(turns);
    for (let i = from; i < to; i++) out[i] = out[i]! + phases[i]! * envelope[i]!;
  };
  const addHarmonics = (share: number, from: number, to: number) => {
    for (let i = from; i < to; i++) overtone[i] = phases[i]! * 2;
    sineOfPhases(overtone, share, from, to);
    if (share > 0.15) {
      for (let i = from; i < to; i++) third[i] = phases[i]! * 3;
      sineOfPhases(third, share * 0.7, from, to);
      addScaled(overtone, third, 1, from, to);
    }
    sineOfPhases(phases, 1, from, to);
    addScaled(phases, overtone, 1, from, to);
  };
  return mono(
    (out, from, to, seconds) => {
      for (let start = from; start < to; start += STEP) {
        const stop = Math.min(to, start + STEP);
        render(out, start, stop, seconds + (start - from) / SAMPLE_RATE);
      }
      return seconds < end;
    },
    pan,
    gain,
  );
}

/** An approximate sine for vibrato: two parabolas. */
function sineAt(cycles: number): number {
  const x = cycles - Math.floor(cycles);
  const half = x < 0.5 ? x * 2 : (x - 0.5) * 2;
  const y = 4 * half * (1 - half);
  return x < 0.5 ? y : -y;
}
