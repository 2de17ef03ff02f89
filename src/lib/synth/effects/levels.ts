import { decibelsToGain } from '../dsp/maths.ts';

/**
 * Decibels that bring each recipe to its nominal loudness, measured by test/bench/sound-effects.ts:
 * beds to -20 LUFS at intensity 0.6, events to a loudest 400 ms of -18 LUFS.
 */
const LEVELS_DB: Readonly<Record<string, number>> = {};

/** Amplitude factor that makes a recipe as loud as the others. */
export function nominalGain(recipe: string): number {
  return decibelsToGain(LEVELS_DB[recipe] ?? 0);
}
