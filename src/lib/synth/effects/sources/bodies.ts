import type { Mode } from '../../dsp/modal-bank.ts';
import type { Random } from '../../dsp/random.ts';

/** Frequency ratios of the modes of resonating bodies. */
export const RATIOS = {
  /** A minor-third church bell: hum, prime, tierce, quint, nominal … */
  churchBell: [0.5, 1, 1.183, 1.506, 2, 2.514, 2.662, 3.011, 4.166],
  glass: [1, 1.58, 2.32, 3.15, 4.07, 5.2],
  /** A free bar. */
  bar: [1, 2.76, 5.4, 8.93],
  plate: [1, 1.41, 1.73, 2.28, 2.9, 3.4, 4.1],
  wood: [1, 2.4, 3.9, 5.1],
  /** A drum skin. */
  skin: [1, 1.59, 2.14, 2.3, 2.65, 2.92],
  coin: [1, 1.62, 2.31, 2.97, 3.9],
} as const;

/** The modes of a body, each detuned by up to 0.8 %, so that no two strikes sound alike. */
export function modesOf(
  random: Random,
  ratios: readonly number[],
  hertz: number,
  seconds: number,
  brightness = 0.5,
): Mode[] {
  return ratios.map((ratio, i) => ({
    hertz: hertz * ratio * random.between(0.992, 1.008),
    seconds: seconds / (1 + (1 - brightness) * i * 0.8),
    gain: 0.6 / (1 + i * (1.1 - brightness)),
  }));
}

/** Adds to each mode a weaker, slightly higher one, so that the tone beats like that of a real bell. */
export function beating(modes: readonly Mode[], detune: number): Mode[] {
  return modes.flatMap((mode) => [
    mode,
    { ...mode, hertz: mode.hertz * (1 + detune), gain: mode.gain * 0.45 },
  ]);
}
