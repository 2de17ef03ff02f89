import { bassLine } from '../players/bass.ts';
import { drums } from '../players/drums.ts';
import { arpeggio } from '../players/harmony.ts';
import { sustain } from '../players/sustain.ts';
import { tune } from '../players/tune.ts';
import type { Style } from '../style.ts';
import { PLATE, STUDIO } from './rooms.ts';

/** Synthwave: octave bass, gated drums, wide analogue pads. */
export const synthwave: Style = {
  name: 'synthwave',
  centre: { valence: -0.05, arousal: 0.4 },
  tempo: [84, 116],
  metres: [4],
  swing: 0,
  humanizeSeconds: 0.002,
  tonics: [31, 41],
  bright: {
    scale: ['ionian', 'lydian'],
    loops: [
      ['IVmaj7', 'V', 'vi7', 'I'],
      ['I', 'V', 'vi', 'IV'],
    ],
    cadence: 'V',
    home: 'Iadd9',
  },
  neutral: {
    scale: ['aeolian', 'dorian'],
    loops: [
      ['i', 'bVI', 'bIII', 'bVII'],
      ['i7', 'bVImaj7', 'bVII', 'v7'],
      ['bVImaj7', 'bVII', 'i', 'i'],
    ],
    cadence: 'bVII',
    home: 'iadd9',
  },
  dark: {
    scale: ['aeolian', 'phrygian'],
    loops: [
      ['i', 'i', 'bVI', 'bVII'],
      ['i', 'bVI', 'iv', 'v'],
    ],
    cadence: 'V',
    home: 'i',
  },
  minChordSeconds: 2,
  voicing: { lowest: 52, highest: 76, voices: 4, top: 69 },
  melody: {
    rhythms: [
      [1.5, 1.5, 1, 4],
      [1, 0.5, 0.5, 2, 3, 1],
      [3, 1, 2, 2],
      [0.5, 0.5, 1, 2, 0.5, 0.5, 3],
    ],
    lowest: 62,
    highest: 86,
    centre: 73,
    leaps: 0.3,
    rests: 0.15,
  },
  parts: [
    {
      role: 'bass',
      instrument: 'square bass',
      gainDb: -8.5,
      pan: 0,
      play: bassLine(
        [
          [
            [0, 1, 0, 0.62],
            [1, 1, 0, 0.5],
            [2, 1, 0, 0.58],
            [3, 1, 0, 0.5],
          ],
          Array.from({ length: 8 }, (_, k) => [k / 2, 0.4, k % 2 ? 12 : 0, k % 2 ? 0.5 : 0.7] as const),
          Array.from(
            { length: 16 },
            (_, k) => [k / 4, 0.2, k % 4 === 2 ? 12 : 0, k % 4 === 0 ? 0.72 : 0.48] as const,
          ),
        ],
        31,
      ),
    },
    {
      role: 'pad',
      instrument: 'synth pad',
      gainDb: -8,
      pan: 0,
      play: sustain({ voices: 'all', velocity: 0.6, overlapSeconds: 0.3 }),
      hall: 0.3,
      chorus: 0.7,
      pump: 0.3,
    },
    {
      role: 'pad',
      instrument: 'glass pad',
      gainDb: -14,
      pan: 0,
      from: 0.45,
      play: sustain({ voices: 'top', octave: 1 }),
      hall: 0.4,
    },
    {
      role: 'harmony',
      instrument: 'pluck synth',
      gainDb: -10,
      pan: 0.3,
      from: 0.28,
      play: arpeggio({
        orders: [
          [0, 1, 2, 3, 4, 3, 2, 1],
          [0, 2, 4, 2, 1, 3, 5, 3],
        ],
        perBeat: [2, 4],
        ring: 0.9,
        velocity: 0.55,
      }),
      hall: 0.15,
      echo: 0.35,
    },
    {
      role: 'melody',
      instrument: 'lead synth',
      gainDb: -7,
      pan: -0.05,
      from: 0.36,
      play: tune({ legato: 0.96 }),
      hall: 0.3,
      echo: 0.4,
      chorus: 0.7,
    },
    {
      role: 'rhythm',
      instrument: 'electronic drums',
      gainDb: -5.5,
      pan: 0,
      from: 0.2,
      play: drums(
        [
          { kick: 'X.......X.......', hat: 'o.o.o.o.o.o.o.o.' },
          { kick: 'X.......X.......', snare: '....X.......X...', hat: 'x.o.x.o.x.o.x.o.' },
          {
            kick: 'X.....x.X.......',
            snare: '....X.......X...',
            clap: '....o.......o...',
            hat: 'xoooxoooxoooxooo',
            openHat: '..............x.',
          },
        ],
        { highTom: 'xx......', midTom: '..xx....', lowTom: '....xxxx', kick: 'X...X...' },
      ),
      room: 0.35,
      hall: 0.12,
    },
  ],
  hall: PLATE,
  room: STUDIO,
  accent: 'crash',
  dynamicsDb: 4,
  form: 'rise',
  trebleDb: 3.5,
  tape: 0.15,
  gainDb: 0.1,
};
