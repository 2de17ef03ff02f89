import { bassLine } from '../players/bass.ts';
import { drums } from '../players/drums.ts';
import { arpeggio, comp } from '../players/harmony.ts';
import { tune } from '../players/tune.ts';
import type { Style } from '../style.ts';
import { CLUB, WOODEN_ROOM } from './rooms.ts';

/** Playful: ukulele, pizzicato, whistling, marimba, finger snaps. */
export const playful: Style = {
  name: 'playful',
  centre: { valence: 0.8, arousal: 0.1 },
  tempo: [96, 132],
  metres: [4],
  swing: 0.2,
  humanizeSeconds: 0.008,
  tonics: [36, 47],
  bright: {
    scale: ['ionian'],
    loops: [
      ['I6', 'vi7', 'ii7', 'V7'],
      ['I', 'IV', 'I', 'V7'],
      ['I6', 'III7', 'vi7', 'IV'],
      ['I', 'I7', 'IV6', 'V7'],
    ],
    cadence: 'V7',
    home: 'I6',
  },
  neutral: {
    scale: ['ionian', 'mixolydian'],
    loops: [
      ['I6', 'II7', 'V7', 'I6'],
      ['I', 'bVII', 'IV', 'I'],
    ],
    cadence: 'V7',
    home: 'I6',
  },
  dark: {
    scale: ['harmonic minor', 'dorian'],
    loops: [
      ['i6', 'iv6', 'V7', 'i6'],
      ['i', 'V7', 'i', 'bVI'],
    ],
    cadence: 'V7',
    home: 'i6',
  },
  minChordSeconds: 1.4,
  voicing: { lowest: 57, highest: 78, voices: 4, top: 72 },
  melody: {
    rhythms: [
      [0.5, 0.5, 0.5, 0.5, 1, 1, 0.5, 0.5, 1, 2],
      [1, 0.5, 0.5, 1, -1, 0.5, 0.5, 1, 2],
      [0.5, 0.5, 1, 0.5, 0.5, 1, 0.5, 0.5, 1, -2],
      [1, 1, 0.5, 0.5, 1, 1, 1, 2],
    ],
    lowest: 70,
    highest: 93,
    centre: 79,
    leaps: 0.38,
    rests: 0.08,
  },
  parts: [
    {
      role: 'harmony',
      instrument: 'ukulele',
      gainDb: -5,
      pan: -0.35,
      play: comp({
        rhythms: [
          [
            [1, 0.4, 0.55],
            [3, 0.4, 0.55],
          ],
          [
            [0, 0.7, 0.6],
            [1, 0.4, 0.42],
            [1.5, 0.4, 0.45],
            [2.5, 0.4, 0.42],
            [3, 0.5, 0.55],
          ],
          [
            [0, 0.5, 0.62],
            [0.5, 0.4, 0.4],
            [1, 0.5, 0.5],
            [1.5, 0.4, 0.42],
            [2, 0.5, 0.56],
            [2.5, 0.4, 0.4],
            [3, 0.5, 0.5],
            [3.5, 0.4, 0.42],
          ],
        ],
        strumSeconds: 0.014,
      }),
      room: 0.25,
    },
    {
      role: 'harmony',
      instrument: 'pizzicato strings',
      gainDb: -4,
      pan: 0.25,
      play: arpeggio({
        orders: [
          [0, 2, 1, 2],
          [0, 3, 2, 3],
          [0, 1, 2, 1],
        ],
        perBeat: [1, 2],
        ring: 0.5,
        velocity: 0.6,
      }),
      room: 0.2,
      hall: 0.15,
    },
    {
      role: 'bass',
      instrument: 'upright bass',
      gainDb: -4,
      pan: 0,
      play: bassLine(
        [
          [
            [0, 0.8, 0, 0.65],
            [2, 0.8, 'fifth', 0.6],
          ],
          [
            [0, 0.8, 0, 0.7],
            [2, 0.8, 'fifth', 0.64],
            [3, 0.8, 'approach', 0.5],
          ],
          [
            [0, 0.8, 0, 0.72],
            [1, 0.7, 'octave', 0.5],
            [2, 0.8, 'fifth', 0.66],
            [3, 0.5, 0, 0.55],
            [3.5, 0.5, 'approach', 0.52],
          ],
        ],
        33,
      ),
      room: 0.1,
    },
    {
      role: 'melody',
      instrument: 'marimba',
      gainDb: -4,
      pan: 0.1,
      from: 0.15,
      play: tune({ legato: 0.6, sections: 'even' }),
      room: 0.25,
    },
    {
      role: 'melody',
      instrument: 'whistle',
      gainDb: -11,
      pan: -0.1,
      from: 0.3,
      play: tune({ legato: 0.85, sections: 'odd' }),
      room: 0.25,
      hall: 0.15,
    },
    {
      role: 'melody',
      instrument: 'glockenspiel',
      gainDb: -15,
      pan: 0.4,
      from: 0.62,
      play: tune({ octave: 1, velocity: 0.8 }),
      room: 0.2,
      hall: 0.15,
    },
    {
      role: 'texture',
      instrument: 'clarinet',
      gainDb: -15,
      pan: -0.3,
      from: 0.5,
      play: comp({
        rhythms: [
          [
            [1, 0.25, 0.5],
            [3, 0.25, 0.5],
          ],
          [
            [0.5, 0.25, 0.5],
            [1.5, 0.25, 0.5],
            [2.5, 0.25, 0.5],
            [3.5, 0.25, 0.5],
          ],
        ],
        voices: 2,
      }),
      room: 0.25,
    },
    {
      role: 'rhythm',
      instrument: 'hand percussion',
      gainDb: -7,
      pan: 0,
      from: 0.2,
      play: drums(
        [
          { snap: '....x.......x...', kick: 'x.......x.......' },
          {
            snap: '....X.......X...',
            kick: 'x.....o.x.......',
            shaker: 'x.o.x.o.x.o.x.o.',
            woodblock: '..........o...o.',
          },
          {
            clap: '....x.......x...',
            snap: '....x.......x...',
            kick: 'X.....x.x..o....',
            shaker: 'x.o.x.o.x.o.x.o.',
            tambourine: '..o...o...o...o.',
            highTom: '......o...o...o.',
          },
        ],
        { woodblock: 'x.x.xx.x', highTom: '..x...x.' },
      ),
      room: 0.2,
    },
  ],
  hall: CLUB,
  room: WOODEN_ROOM,
  accent: 'chime',
  dynamicsDb: 6.5,
  form: 'waves',
  trebleDb: 1,
  tape: 0,
  gainDb: 1.5,
};
