import { bassLine } from '../players/bass.ts';
import { drums } from '../players/drums.ts';
import { arpeggio, comp } from '../players/harmony.ts';
import { sustain } from '../players/sustain.ts';
import { tune } from '../players/tune.ts';
import type { Style } from '../style.ts';
import { PLATE, STUDIO } from './rooms.ts';

/** House: four on the floor, pumping pads, plucks with echo. */
export const electronic: Style = {
  name: 'electronic',
  centre: { valence: 0.25, arousal: 0.6 },
  tempo: [114, 130],
  metres: [4],
  swing: 0,
  humanizeSeconds: 0.002,
  tonics: [33, 43],
  bright: {
    scale: ['ionian', 'mixolydian'],
    loops: [
      ['vi7', 'IVmaj7', 'Iadd9', 'V'],
      ['IVmaj7', 'V', 'vi7', 'Iadd9'],
      ['Imaj7', 'V', 'vi7', 'IVmaj7'],
    ],
    cadence: 'V',
    home: 'Iadd9',
  },
  neutral: {
    scale: ['dorian', 'aeolian'],
    loops: [
      ['i7', 'bVImaj7', 'bIIImaj7', 'bVII'],
      ['i9', 'IV9', 'i9', 'IV9'],
      ['i7', 'bVII', 'bVImaj7', 'v7'],
    ],
    cadence: 'bVII',
    home: 'iadd9',
  },
  dark: {
    scale: ['aeolian', 'phrygian'],
    loops: [
      ['i', 'bVI', 'i', 'bVII'],
      ['i', 'i', 'bII', 'i'],
      ['i7', 'bVImaj7', 'iv7', 'v7'],
    ],
    cadence: 'bVII',
    home: 'i',
  },
  minChordSeconds: 1.8,
  voicing: { lowest: 53, highest: 76, voices: 4, top: 70 },
  melody: {
    rhythms: [
      [0.75, 0.75, 0.5, 1, 1, 0.75, 0.75, 0.5, 2],
      [0.5, 0.5, -0.5, 0.5, 1, 1, 0.5, 0.5, -0.5, 0.5, 2],
      [1.5, 1.5, 1, 1.5, 1.5, 1],
    ],
    lowest: 64,
    highest: 88,
    centre: 74,
    leaps: 0.3,
    rests: 0.18,
  },
  parts: [
    {
      role: 'pad',
      instrument: 'synth pad',
      gainDb: -8,
      pan: 0,
      play: sustain({ voices: 'all', velocity: 0.75 }),
      hall: 0.2,
      pump: 0.75,
      chorus: 0.4,
    },
    {
      role: 'bass',
      instrument: 'synth bass',
      gainDb: -7,
      pan: 0,
      play: bassLine(
        [
          [[0, 4, 0, 0.6]],
          [
            [0.5, 0.4, 0, 0.7],
            [1.5, 0.4, 0, 0.7],
            [2.5, 0.4, 0, 0.7],
            [3.5, 0.4, 0, 0.7],
          ],
          [
            [0.5, 0.25, 0, 0.75],
            [0.75, 0.25, 0, 0.5],
            [1.5, 0.25, 0, 0.75],
            [1.75, 0.25, 'octave', 0.5],
            [2.5, 0.25, 0, 0.75],
            [2.75, 0.25, 0, 0.5],
            [3.5, 0.25, 0, 0.75],
            [3.75, 0.25, 'fifth', 0.55],
          ],
        ],
        31,
      ),
    },
    {
      role: 'harmony',
      instrument: 'pluck synth',
      gainDb: -7,
      pan: -0.2,
      play: arpeggio({
        orders: [
          [0, 1, 2, 3, 2, 1, 3, 2],
          [0, 2, 3, 5, 3, 2, 4, 1],
          [3, 0, 2, 1, 4, 0, 3, 2],
        ],
        perBeat: [2, 4],
        ring: 1,
        velocity: 0.6,
      }),
      hall: 0.15,
      echo: 0.35,
    },
    {
      role: 'harmony',
      instrument: 'organ',
      gainDb: -12,
      pan: 0.25,
      from: 0.5,
      play: comp({
        rhythms: [
          [
            [0.5, 0.4, 0.6],
            [2.5, 0.4, 0.6],
          ],
          [
            [0, 0.3, 0.55],
            [0.75, 0.3, 0.5],
            [1.5, 0.3, 0.55],
            [2.5, 0.3, 0.55],
            [3.25, 0.3, 0.5],
          ],
        ],
      }),
      hall: 0.15,
      echo: 0.15,
    },
    {
      role: 'melody',
      instrument: 'lead synth',
      gainDb: -10,
      pan: 0.08,
      from: 0.5,
      play: tune({ legato: 0.8 }),
      hall: 0.2,
      echo: 0.35,
      chorus: 0.6,
    },
    {
      role: 'melody',
      instrument: 'bell',
      gainDb: -13,
      pan: 0.3,
      from: 0.2,
      to: 0.55,
      play: tune({ octave: 0, sections: 'even' }),
      hall: 0.3,
      echo: 0.4,
    },
    {
      role: 'rhythm',
      instrument: 'electronic drums',
      gainDb: -4.5,
      pan: 0,
      from: 0.18,
      play: drums(
        [
          { kick: 'X...X...X...X...', hat: '..o...o...o...o.' },
          {
            kick: 'X...X...X...X...',
            clap: '....X.......X...',
            hat: 'o.x.o.x.o.x.o.x.',
            shaker: 'o.o.o.o.o.o.o.o.',
          },
          {
            kick: 'X...X...X...X...',
            clap: '....X.......X...',
            openHat: '..x...x...x...x.',
            hat: 'ooxoooxoooxoooxo',
            rim: '...o..o....o..o.',
            shaker: 'o.o.o.o.o.o.o.o.',
          },
        ],
        { clap: 'x.x.xxxx', kick: 'X...X...', snare: '..xxxxXX' },
      ),
      room: 0.1,
    },
  ],
  hall: PLATE,
  room: STUDIO,
  accent: 'crash',
  dynamicsDb: 8,
  form: 'rise',
  trebleDb: 2.5,
  tape: 0,
  gainDb: -3.2,
};
