import { SAMPLE_RATE } from '#lib/media/audio/sample-rate.ts';
import { windowedSinc } from '#lib/media/audio/windowed-sinc.ts';
import type { WavSound } from './wav-sound.ts';

/** A place where a sound, or only its bright part, is attenuated: samples `from` to just before `to`, by `gain`. */
export interface Dip {
  from: number;
  to: number;
  /** 0 … 1. */
  gain: number;
  isBright: boolean;
}

/** Length of the fades of a dip: 10 ms. */
const RAMP = 480;
/** Bright is everything above this, Hz: a little below the 4 kHz from which AAC may substitute noise. */
const BRIGHT_HERTZ = 3500;
/** Taps on each side of the low-pass that separates bright and dark. */
const REACH = 48;
const DARK = windowedSinc(2 * REACH, 0, (2 * BRIGHT_HERTZ) / SAMPLE_RATE, 6);

/** Applies dips to a sound, one after the other where they overlap. */
export function withDips(sound: WavSound, dips: readonly Dip[]): WavSound {
  return dips.reduce(withDip, sound);
}

function withDip(sound: WavSound, dip: Dip): WavSound {
  return {
    samples: sound.samples,
    async read(from, to) {
      const end = Math.min(to, sound.samples);
      if (end <= dip.from - RAMP || from >= dip.to + RAMP) return sound.read(from, to);
      // Silence before and after the sound, for the filter.
      const wide = new Float32Array(2 * (end - from + 2 * REACH));
      const [first, last] = [Math.max(0, from - REACH), Math.min(sound.samples, end + REACH)];
      wide.set(await sound.read(first, last), 2 * (first - from + REACH));
      const pcm = new Int16Array(2 * (end - from));
      for (let index = 0; index < pcm.length; index++) {
        const gain = gainAt(dip, from + (index >> 1));
        const value = wide[index + 2 * REACH]!;
        const kept = dip.isBright && gain < 1 ? darkAt(wide, index) : 0;
        pcm[index] = Math.max(-32_768, Math.min(32_767, Math.round(kept + gain * (value - kept))));
      }
      return pcm;
    },
  };
}

/** The dark part of the sample `REACH` frames after `index`; samples are interleaved. */
function darkAt(wide: Float32Array, index: number): number {
  let sum = 0;
  for (const [tap, weight] of DARK.entries()) sum += weight * wide[index + 2 * (tap + 1)]!;
  return sum;
}

function gainAt({ from, to, gain }: Dip, at: number): number {
  const away = Math.max(from - at, at - to + 1, 0) / RAMP;
  return gain + (1 - gain) * 0.5 * (1 - Math.cos(Math.PI * Math.min(1, away)));
}
