import type { WavSound } from './wav-sound.ts';

/** A place where a sound is turned down: samples `from` to just before `to`, by `gain` 0 … 1. */
export interface Dip {
  from: number;
  to: number;
  gain: number;
}

/** Samples over which a dip comes and goes: 10 ms. */
const RAMP = 480;

/** The sound with dips in it; where several meet their gains multiply. */
export function withDips(sound: WavSound, dips: readonly Dip[]): WavSound {
  return {
    samples: sound.samples,
    async read(from, to) {
      const pcm = await sound.read(from, to);
      const end = from + pcm.length / 2;
      for (const dip of dips) {
        for (let at = Math.max(from, dip.from - RAMP); at < Math.min(end, dip.to + RAMP); at++) {
          const gain = gainAt(dip, at);
          const index = 2 * (at - from);
          pcm[index] = Math.round(pcm[index]! * gain);
          pcm[index + 1] = Math.round(pcm[index + 1]! * gain);
        }
      }
      return pcm;
    },
  };
}

function gainAt({ from, to, gain }: Dip, at: number): number {
  const away = Math.max(from - at, at - to + 1, 0) / RAMP;
  return gain + (1 - gain) * 0.5 * (1 - Math.cos(Math.PI * Math.min(1, away)));
}
