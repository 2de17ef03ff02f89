/** The linear gain of a level in dB. */
export function gainOfDb(decibels: number): number {
  return 10 ** (decibels / 20);
}

/** The level in dB of a linear gain; -Infinity for 0. */
export function dbOfGain(gain: number): number {
  return 20 * Math.log10(gain);
}
