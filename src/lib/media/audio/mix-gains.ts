import { gainOfDb } from './decibels.ts';

/** A fader at or below this level is closed. */
export const CLOSED_DB = -60;

/** The stems of a mix by name. */
export type StemName = 'music' | 'effects' | 'voice' | 'original';
export const STEM_NAMES = ['music', 'effects', 'voice', 'original'] as const satisfies StemName[];

/** One fader of the mixer. */
export interface Fader {
  gainDb: number;
  isMuted: boolean;
  isSolo: boolean;
}

/** The balance (0 only music … 1 only effects) and the fader of each stem. */
export type Faders = Record<StemName, Fader> & { balance: number };

/**
 * Linear gains of music and effects for a balance of 0 (only music) … 0.5 (even) … 1 (only effects).
 * The sum of their powers is constant (equal-power law), and so is the loudness of the sum.
 */
export function balanceGains(balance: number): { music: number; effects: number } {
  const angle = (Math.min(1, Math.max(0, balance)) * Math.PI) / 2;
  return { music: closed(Math.SQRT2 * Math.cos(angle)), effects: closed(Math.SQRT2 * Math.sin(angle)) };
}

/** At an even balance effects are this much quieter than the music, LU: their ambience lies under it, single sounds reach it. */
const EFFECTS_LU = -7;
/** What is meant to be faint stays so. */
const LARGEST_CORRECTION_DB = 9;

/** A stem of which the loudness may be known. */
export type MeasuredStem = { loudnessLufs?: number | null } | null;

/**
 * What is added to the effects so that "even" is even, dB: stems come with different loudness, since sounds and styles
 * differ. 0 as long as one of them is not measured.
 */
export function evenGainDb({
  music,
  effects,
}: Pick<Record<StemName, MeasuredStem>, 'music' | 'effects'>): number {
  if (music?.loudnessLufs == null || effects?.loudnessLufs == null) return 0;
  const wanted = music.loudnessLufs + EFFECTS_LU - effects.loudnessLufs;
  return Math.min(LARGEST_CORRECTION_DB, Math.max(-LARGEST_CORRECTION_DB, wanted));
}

/**
 * Linear gain of each stem from balance, faders, mute and solo; 0 for a missing stem.
 * The balance has no effect when music or effects are missing, and neither has the solo button of a missing stem.
 */
export function stemGains(faders: Faders, stems: Record<StemName, MeasuredStem>): Record<StemName, number> {
  const isSoloing = STEM_NAMES.some((name) => faders[name].isSolo && stems[name]);
  const even = gainOfDb(evenGainDb(stems));
  const { music, effects } = balanceGains(faders.balance);
  const isBalanced = stems.music && stems.effects;
  const levels = isBalanced ? { music, effects: effects * even } : { music: 1, effects: 1 };
  const balance = { ...levels, voice: 1, original: 1 };
  const gainOf = (name: StemName) => {
    const { gainDb, isMuted, isSolo } = faders[name];
    const isHeard = stems[name] && !isMuted && (isSolo || !isSoloing) && gainDb > CLOSED_DB;
    return isHeard ? gainOfDb(gainDb) * balance[name] : 0;
  };
  const [musicGain, effectsGain, voice, original] = STEM_NAMES.map(gainOf) as [
    number,
    number,
    number,
    number,
  ];
  return { music: musicGain, effects: effectsGain, voice, original };
}

/** Removes rounding errors around a gain of 0. */
function closed(gain: number): number {
  return gain < 1e-9 ? 0 : gain;
}
