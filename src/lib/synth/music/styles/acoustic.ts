import { bassLine } from '../players/bass.ts';
import { drums } from '../players/drums.ts';
import { arpeggio, comp } from '../players/harmony.ts';
import { guideTone } from '../players/sustain.ts';
import { tune } from '../players/tune.ts';
import type { Style } from '../style.ts';
import { CLUB, WOODEN_ROOM } from './rooms.ts';

/** Acoustic folk: picked guitar, upright bass, brushes, flute. */
export const acoustic: Style = {
  name: 'acoustic',
  centre: { valence: 0.5, arousal: -0.35 },
  tempo: [78, 112],
  metres: [4, 3],
  swing: 0.06,
  humanizeSeconds: 0.011,
  tonics: [36, 45],
  bright: {
    scale: ['ionian'],
    loops: [
      ['I', 'IVadd9', 'I', 'V'],
      ['Iadd9', 'vi7', 'IVadd9', 'V'],
      ['I', 'iii', 'IV', 'V'],
    ],
    cadence: 'V7',
    home: 'I',
  },
  neutral: {
    scale: ['mixolydian', 'ionian'],
    loops: [
      ['I', 'bVII', 'IV', 'I'],
      ['vi7', 'IVadd9', 'I', 'V'],
      ['I', 'ii7', 'IV', 'I'],
    ],
    cadence: 'IV',
    home: 'Iadd9',
  },
  dark: {
    scale: ['dorian', 'aeolian'],
    loops: [
      ['i7', 'bVII', 'IV', 'i7'],
      ['i', 'bIII', 'bVII', 'iv'],
    ],
    cadence: 'v7',
    home: 'iadd9',
  },
  minChordSeconds: 1.8,
  voicing: { lowest: 52, highest: 74, voices: 4, top: 67 },
  melody: {
    rhythms: [
      [1, 1, 2, 1, 1, 2],
      [1.5, 0.5, 2, 1, 1, 2],
      [2, 1, 1, 3, 1],
      [-1, 1, 1, 1, 2, 2],
      [0.5, 0.5, 1, 2, 1, 1, 2],
    ],
    lowest: 64,
    highest: 86,
    centre: 74,
    leaps: 0.25,
    rests: 0.15,
  },
  parts: [
    {
      role: 'harmony',
      instrument: 'nylon guitar',
      gainDb: -2,
      pan: -0.22,
      play: arpeggio({
        orders: [
          [0, 2, 3, 2, 1, 2, 3, 2],
          [0, 3, 2, 1, 2, 3, 2, 1],
          [0, 2, 1, 3, 0, 2, 3, 1],
        ],
        perBeat: [2, 2],
        ring: 3,
        velocity: 0.6,
      }),
      room: 0.28,
      hall: 0.05,
    },
    {
      role: 'harmony',
      instrument: 'steel guitar',
      gainDb: -9,
      pan: 0.4,
      from: 0.48,
      play: comp({
        rhythms: [
          [
            [0, 2, 0.55],
            [2, 2, 0.48],
          ],
          [
            [0, 1, 0.58],
            [1.5, 0.5, 0.42],
            [2, 1, 0.5],
            [3, 0.5, 0.42],
            [3.5, 0.5, 0.45],
          ],
        ],
        strumSeconds: 0.015,
      }),
      room: 0.25,
    },
    {
      role: 'bass',
      instrument: 'upright bass',
      gainDb: -4,
      pan: 0.05,
      play: bassLine(
        [
          [[0, 3.6, 0, 0.6]],
          [
            [0, 1.8, 0, 0.66],
            [2, 1.8, 'fifth', 0.56],
          ],
          [
            [0, 1.5, 0, 0.7],
            [1.5, 0.5, 0, 0.45],
            [2, 1, 'fifth', 0.6],
            [3, 1, 'approach', 0.55],
          ],
        ],
        31,
      ),
      room: 0.12,
    },
    {
      role: 'melody',
      instrument: 'flute',
      gainDb: -11,
      pan: 0.2,
      from: 0.25,
      play: tune({ legato: 0.96, sections: 'odd' }),
      hall: 0.25,
      room: 0.15,
    },
    {
      role: 'melody',
      instrument: 'nylon guitar',
      gainDb: -2,
      pan: 0.15,
      from: 0.2,
      play: tune({ velocity: 1.1, sections: 'even' }),
      room: 0.3,
      hall: 0.1,
    },
    {
      role: 'melody',
      instrument: 'cello',
      gainDb: -12,
      pan: -0.35,
      from: 0.45,
      play: guideTone(-1, 0.55),
      hall: 0.25,
    },
    {
      role: 'rhythm',
      instrument: 'brushes',
      gainDb: -8,
      pan: 0,
      from: 0.33,
      play: drums(
        [
          { shaker: 'x.o.x.o.x.o.x.o.' },
          { kick: 'x.......x.......', snare: '....o.......o...', shaker: 'x.o.x.o.x.o.x.o.' },
          {
            kick: 'x.....o.x.......',
            snare: '....x..o....x...',
            shaker: 'xoooxoooxoooxooo',
            ride: 'o...o...o...o...',
          },
        ],
        { snare: 'o.o.x.oo', kick: 'x...x...' },
      ),
      room: 0.22,
    },
  ],
  hall: CLUB,
  room: WOODEN_ROOM,
  accent: 'soft',
  dynamicsDb: 3,
  form: 'arc',
  trebleDb: 1.5,
  tape: 0,
  gainDb: 4.7,
};
