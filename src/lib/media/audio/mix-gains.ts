import { gainOfDb } from './decibels.ts';

/** A fader at or below this level is closed. */
const CLOSED_DB = -60;

/** The stems of a mix by name. */
export type StemName = 'music' | 'effects' | 'original';

/** One fader of the mixer. */
export interface Fader {
  gainDb: number;
  isMuted: boolean;
  isSolo: boolean;
}

/** The balance (0 only music … 1 only effects) and the fader of each stem. */
export type Faders = Record<StemName, Fader> & { balance: number };

/**
 * Linear gains of music and effects for a balance of 0 (only music) … 0.5 (both unchanged) … 1 (only effects).
 * The sum of their powers is constant (equal-power law), and so is the loudness of the sum.
 */
export function balanceGains(balance: number): { music: number; effects: number } {
  const angle = (Math.min(1, Math.max(0, balance)) * Math.PI) / 2;
  return { music: closed(Math.SQRT2 * Math.cos(angle)), effects: closed(Math.SQRT2 * Math.sin(angle)) };
}

/**
 * Linear gain of each stem from balance, faders, mute and solo; 0 for a missing stem.
 * The balance has no effect when music or effects are missing, and neither has the solo button of a missing stem.
 */
export function stemGains(faders: Faders, stems: Record<StemName, unknown>): Record<StemName, number> {
  const names = ['music', 'effects', 'original'] as const;
  const isSoloing = names.some((name) => faders[name].isSolo && stems[name]);
  const balance = stems.music && stems.effects ? balanceGains(faders.balance) : { music: 1, effects: 1 };
  const gainOf = (name: StemName) => {
    const { gainDb, isMuted, isSolo } = faders[name];
    const isHeard = stems[name] && !isMuted && (isSolo || !isSoloing) && gainDb > CLOSED_DB;
    return isHeard ? gainOfDb(gainDb) * (name === 'original' ? 1 : balance[name]) : 0;
  };
  return { music: gainOf('music'), effects: gainOf('effects'), original: gainOf('original') };
}

/** Removes rounding errors around a gain of 0. */
function closed(gain: number): number {
  return gain < 1e-9 ? 0 : gain;
}
