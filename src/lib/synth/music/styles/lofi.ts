import { bassLine } from '../players/bass.ts';
import { drums } from '../players/drums.ts';
import { comp } from '../players/harmony.ts';
import { sustain } from '../players/sustain.ts';
import { texture } from '../players/texture.ts';
import { tune } from '../players/tune.ts';
import type { Style } from '../style.ts';
import { CLUB, STUDIO } from './rooms.ts';

/** Lo-fi hip hop: electric piano, laid-back drums, tape and vinyl crackle. */
export const lofi: Style = {
  name: 'lofi',
  centre: { valence: 0.15, arousal: -0.4 },
  tempo: [70, 88],
  metres: [4],
  swing: 0.26,
  humanizeSeconds: 0.013,
  tonics: [36, 46],
  bright: {
    scale: ['ionian'],
    loops: [
      ['Imaj9', 'vi9', 'ii9', 'V13'],
      ['IVmaj9', 'iii7', 'vi9', 'Imaj9'],
      ['IVmaj9', 'V9', 'iii7', 'vi9'],
    ],
    cadence: 'V9',
    home: 'Imaj9',
  },
  neutral: {
    scale: ['dorian', 'ionian'],
    loops: [
      ['ii9', 'V13', 'Imaj9', 'vi9'],
      ['IVmaj9', 'iii7', 'ii9', 'Imaj9'],
    ],
    cadence: 'V7sus4',
    home: 'Imaj9',
  },
  dark: {
    scale: ['aeolian', 'dorian'],
    loops: [
      ['i9', 'iv9', 'bVII9', 'bIIImaj7'],
      ['i9', 'bVImaj7', 'iv9', 'v7'],
    ],
    cadence: 'v7',
    home: 'i9',
  },
  minChordSeconds: 1.9,
  voicing: { lowest: 52, highest: 74, voices: 4, top: 67 },
  melody: {
    rhythms: [
      [1.5, 0.5, 2, -1, 0.5, 0.5, 2],
      [-0.5, 0.5, 1, 2, 1.5, 0.5, 2],
      [2, -1, 0.5, 0.5, 1.5, 2.5],
      [-1, 0.5, 0.5, 1, 1, -1, 0.5, 0.5, 2],
    ],
    lowest: 62,
    highest: 82,
    centre: 70,
    leaps: 0.3,
    rests: 0.28,
  },
  parts: [
    {
      role: 'harmony',
      instrument: 'electric piano',
      gainDb: -4,
      pan: -0.05,
      play: comp({
        rhythms: [
          [[0, 3.8, 0.55]],
          [
            [0, 1.9, 0.6],
            [2.5, 1.3, 0.45],
          ],
          [
            [0, 1.4, 0.6],
            [1.5, 0.9, 0.42],
            [2.5, 0.6, 0.5],
            [3.5, 0.5, 0.4],
          ],
        ],
        strumSeconds: 0.012,
      }),
      room: 0.2,
      hall: 0.1,
      chorus: 0.35,
    },
    {
      role: 'pad',
      instrument: 'warm pad',
      gainDb: -15,
      pan: 0,
      from: 0.3,
      play: sustain({ voices: 'all' }),
      hall: 0.25,
    },
    {
      role: 'bass',
      instrument: 'upright bass',
      gainDb: -4,
      pan: 0,
      play: bassLine(
        [
          [[0, 3.6, 0, 0.65]],
          [
            [0, 1.5, 0, 0.72],
            [2.5, 1.3, 'fifth', 0.58],
          ],
          [
            [0, 1.4, 0, 0.75],
            [1.5, 0.5, 0, 0.5],
            [2.5, 1, 'fifth', 0.62],
            [3.5, 0.5, 'approach', 0.55],
          ],
        ],
        31,
      ),
      room: 0.05,
    },
    {
      role: 'melody',
      instrument: 'vibraphone',
      gainDb: -7,
      pan: 0.25,
      from: 0.28,
      play: tune({ velocity: 0.9, sections: 'even' }),
      hall: 0.25,
      echo: 0.25,
    },
    {
      role: 'melody',
      instrument: 'nylon guitar',
      gainDb: -5,
      pan: -0.3,
      from: 0.35,
      play: tune({ sections: 'odd' }),
      hall: 0.2,
      echo: 0.15,
    },
    {
      role: 'rhythm',
      instrument: 'lo-fi drums',
      gainDb: -4,
      pan: 0,
      from: 0.22,
      play: drums(
        [
          { kick: 'X.........x.....', hat: 'o...x...o...x...', rim: '....x.......x...' },
          { kick: 'X......x..x.....', snare: '....x.......x...', hat: 'x.o.x.o.x.o.x.o.' },
          {
            kick: 'X..o...x..x..o..',
            snare: '....x..o....x..o',
            hat: 'x.oox.o.x.o.x.oo',
            openHat: '..............o.',
          },
        ],
        { kick: 'x.......', snare: '..x.o.x.', hat: 'x.x.x.x.' },
      ),
      room: 0.14,
    },
    { role: 'texture', instrument: 'vinyl crackle', gainDb: -15, pan: 0, play: texture(60, 0.7) },
  ],
  hall: CLUB,
  room: STUDIO,
  accent: 'soft',
  dynamicsDb: 7,
  form: 'waves',
  trebleDb: 2,
  tape: 0.75,
  gainDb: 7.1,
};
