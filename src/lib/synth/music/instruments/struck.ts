import { newBlock } from '../../dsp/blocks.ts';
import { clamp, exp } from '../../dsp/maths.ts';
import { ModalBank } from '../../dsp/modal-bank.ts';
import { WhiteNoise } from '../../dsp/noise.ts';
import { BLOCK_FRAMES, BLOCK_SECONDS } from '../../dsp/sample-rate.ts';
import { StateVariableFilter } from '../../dsp/state-variable-filter.ts';
import { instrument, type Instrument } from './instrument.ts';

const noise = newBlock();

/**
 * Partials of a struck bar, tine or bell: frequency ratio, gain, RT60 at 700 Hz (after Rossing, "Science of Percussion
 * Instruments", 2000).
 */
type Partials = readonly (readonly [ratio: number, gain: number, seconds: number])[];

function struck(
  name: string,
  partials: Partials,
  mallet: { hertz: number; gain: number },
  differences: Partial<Instrument>,
): Instrument {
  return instrument(
    name,
    ({ hertz, velocity, random }) => {
      const longer = clamp(700 / hertz, 0.4, 1.7);
      const bank = new ModalBank(
        partials.flatMap(([ratio, gain, seconds], k) =>
          [-1, 1].map((side) => ({
            hertz: hertz * ratio * (1 + side * 0.0008),
            gain: gain * 0.5 * (k === 0 ? 1 : 0.3 + 0.9 * velocity),
            seconds: seconds * longer * random.between(0.95, 1.05),
            pan: side * 0.35,
          })),
        ),
      );
      bank.strike(0.5);
      const stick = new WhiteNoise(random);
      const wood = new StateVariableFilter(mallet.hertz, 0.9);
      let seconds = 0;
      return {
        render(left, right) {
          bank.add(left, right, 1);
          if (seconds < 0.03) {
            stick.fill(noise);
            wood.bandpass(noise, noise);
            let level = mallet.gain * (0.3 + velocity) * exp(-seconds * 180);
            for (let i = 0; i < BLOCK_FRAMES; i++) {
              const on = seconds === 0 && i < 32 ? i / 32 : 1;
              left[i] = (left[i]! + noise[i]! * level) * on;
              right[i] = (right[i]! + noise[i]! * level) * on;
              level *= 0.9963;
            }
          }
          seconds += BLOCK_SECONDS;
          return !bank.isSilent;
        },
      };
    },
    { lowest: 48, highest: 103, releaseSeconds: 0.3, roundRobins: 1, ...differences },
  );
}

const SOFT = { hertz: 900, gain: 0.1 };
const HARD = { hertz: 3800, gain: 0.1 };

export const celesta = struck(
  'celesta',
  [
    [1, 1, 2.2],
    [3, 0.22, 0.9],
    [5.9, 0.12, 0.35],
    [9.2, 0.05, 0.18],
  ],
  HARD,
  { lowest: 60, releaseSeconds: 0.5 },
);
export const musicBox = struck(
  'music box',
  [
    [1, 1, 1.5],
    [2.01, 0.3, 0.8],
    [5.95, 0.28, 0.4],
    [8.4, 0.1, 0.2],
  ],
  HARD,
  { lowest: 60, releaseSeconds: 1 },
);
export const kalimba = struck(
  'kalimba',
  [
    [1, 1, 1.1],
    [2.02, 0.12, 0.4],
    [5.4, 0.16, 0.12],
    [6.3, 0.08, 0.09],
  ],
  SOFT,
  { lowest: 53, gain: 1.1 },
);
export const vibraphone = struck(
  'vibraphone',
  [
    [1, 1, 4.5],
    [4, 0.22, 1.6],
    [9.9, 0.07, 0.5],
  ],
  SOFT,
  { lowest: 53, highest: 89, gain: 0.95 },
);
export const marimba = struck(
  'marimba',
  [
    [1, 1, 0.8],
    [3.93, 0.25, 0.22],
    [9.5, 0.08, 0.08],
  ],
  SOFT,
  { lowest: 45, gain: 1.2 },
);
export const glockenspiel = struck(
  'glockenspiel',
  [
    [1, 1, 2.6],
    [2.76, 0.4, 1.2],
    [5.4, 0.2, 0.6],
  ],
  HARD,
  { lowest: 72, highest: 108, releaseSeconds: 0.8, gain: 0.8 },
);
export const bell = struck(
  'bell',
  [
    [0.5, 0.35, 5],
    [1, 1, 4],
    [1.19, 0.55, 3],
    [1.5, 0.35, 2.4],
    [2, 0.5, 2],
    [2.51, 0.25, 1.3],
    [2.66, 0.22, 1.1],
    [3.01, 0.2, 0.9],
    [4.1, 0.15, 0.6],
  ],
  HARD,
  { lowest: 48, highest: 84, releaseSeconds: 1.5, gain: 0.72 },
);
