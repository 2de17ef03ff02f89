import { gainOfDb } from './decibels.ts';

/** A fader at this level or below is closed. */
const CLOSED_DB = -60;

/** The stems of a mix by name. */
export type StemName = 'music' | 'effects' | 'original';

/** One fader of the mixing desk. */
export interface Fader {
  gainDb: number;
  isMuted: boolean;
  isSolo: boolean;
}

/** The balance (0 only music … 1 only effects) and the fader of each stem. */
export type Desk = Record<StemName, Fader> & { balance: number };

/**
 * Linear gains of music and effects for a balance of 0 (only music) … 0.5 (both as they are) … 1 (only effects).
 * The sum of their powers is the same everywhere (equal-power law), so the loudness of the sum stays.
 */
export function balanceGains(balance: number): { music: number; effects: number } {
  const angle = (Math.min(1, Math.max(0, balance)) * Math.PI) / 2;
  return { music: closed(Math.SQRT2 * Math.cos(angle)), effects: closed(Math.SQRT2 * Math.sin(angle)) };
}

/**
 * Linear gain of each stem by balance, faders, mute and solo; 0 for a stem that isn't there.
 * The balance weighs music against effects, so it does nothing where one of them is missing; neither does the solo
 * button of a stem that isn't there.
 */
export function stemGains(desk: Desk, stems: Record<StemName, unknown>): Record<StemName, number> {
  const names = ['music', 'effects', 'original'] as const;
  const isSoloing = names.some((name) => desk[name].isSolo && stems[name]);
  const balance = stems.music && stems.effects ? balanceGains(desk.balance) : { music: 1, effects: 1 };
  const gainOf = (name: StemName) => {
    const { gainDb, isMuted, isSolo } = desk[name];
    const isHeard = stems[name] && !isMuted && (isSolo || !isSoloing) && gainDb > CLOSED_DB;
    return isHeard ? gainOfDb(gainDb) * (name === 'original' ? 1 : balance[name]) : 0;
  };
  return { music: gainOf('music'), effects: gainOf('effects'), original: gainOf('original') };
}

/** What rounding leaves of a gain of 0 is 0. */
function closed(gain: number): number {
  return gain < 1e-9 ? 0 : gain;
}
