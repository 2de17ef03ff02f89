import type { MixOptions } from '#lib/job/entries/mix.ts';
import type { Stem } from '#lib/job/entries/soundtrack.ts';
import { STEM_NAMES, type StemName } from '#lib/media/audio/mix-gains.ts';

/** The stems of a mix by name. */
export type Stems = Record<StemName, Stem | null>;

/**
 * The gain in dB that brings the preview near the loudness target, by adding the powers of unrelated signals.
 * Only an estimate, so that the faders act at once; the finished mix is measured.
 * @param gains Linear gain of each stem after balance, faders, mute and solo.
 */
export function previewGainDb(stems: Stems, gains: Record<StemName, number>, options: MixOptions): number {
  let power = 0;
  for (const name of STEM_NAMES) {
    const loudness = stems[name]?.loudnessLufs;
    if (loudness == null || gains[name] === 0) continue;
    power += 10 ** (loudness / 10) * gains[name] ** 2;
  }
  if (power === 0) return 0;
  return Math.min(24, options.loudnessLufs - 10 * Math.log10(power));
}
