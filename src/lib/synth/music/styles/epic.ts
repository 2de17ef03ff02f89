import { bassLine } from '../players/bass.ts';
import { drums } from '../players/drums.ts';
import { arpeggio } from '../players/harmony.ts';
import { sustain } from '../players/sustain.ts';
import { tune } from '../players/tune.ts';
import type { Style } from '../style.ts';
import { CONCERT_HALL, WOODEN_ROOM } from './rooms.ts';

/** Trailer music: ostinato strings, brass, choir, big drums. */
export const epic: Style = {
  name: 'epic',
  centre: { valence: 0.3, arousal: 0.9 },
  reach: 0.35,
  tempo: [84, 116],
  metres: [4],
  swing: 0,
  humanizeSeconds: 0.007,
  tonics: [31, 40],
  bright: {
    scale: ['ionian', 'mixolydian'],
    loops: [
      ['I', 'V', 'vi', 'IV'],
      ['I', 'bVII', 'IV', 'I'],
      ['vi', 'IV', 'I', 'V'],
    ],
    cadence: 'V',
    home: 'I',
  },
  neutral: {
    scale: ['aeolian', 'dorian'],
    loops: [
      ['i', 'bVI', 'bIII', 'bVII'],
      ['i', 'bVII', 'bVI', 'bVII'],
      ['bVI', 'bVII', 'i', 'bIII'],
    ],
    cadence: 'bVII',
    home: 'i',
  },
  dark: {
    scale: ['aeolian', 'phrygian'],
    loops: [
      ['i', 'bVI', 'iv', 'V'],
      ['i', 'bII', 'bVI', 'V'],
      ['i', 'iv', 'bVI', 'bVII'],
    ],
    cadence: 'V',
    home: 'i',
  },
  minChordSeconds: 1.9,
  voicing: { lowest: 50, highest: 74, voices: 4, top: 67 },
  melody: {
    rhythms: [
      [2, 1, 1, 3, 1],
      [1.5, 0.5, 2, 3, 1],
      [3, 1, 4],
      [1, 1, 2, 2, 2],
    ],
    lowest: 60,
    highest: 84,
    centre: 70,
    leaps: 0.35,
    rests: 0.08,
  },
  parts: [
    {
      role: 'harmony',
      instrument: 'staccato strings',
      gainDb: -3,
      pan: -0.15,
      play: arpeggio({
        orders: [
          [0, 0, 2, 0, 1, 0, 2, 0],
          [0, 2, 1, 2, 3, 2, 1, 2],
          [0, 0, 1, 0, 2, 0, 1, 2],
        ],
        perBeat: [2, 4],
        ring: 0.7,
        velocity: 0.62,
      }),
      hall: 0.3,
    },
    {
      role: 'pad',
      instrument: 'strings',
      gainDb: -6,
      pan: 0,
      from: 0.25,
      play: sustain({ voices: 'all', velocity: 0.72 }),
      hall: 0.35,
    },
    {
      role: 'pad',
      instrument: 'choir',
      gainDb: -6,
      pan: 0,
      from: 0.6,
      play: sustain({ voices: 'all', velocity: 0.75 }),
      hall: 0.45,
    },
    {
      role: 'pad',
      instrument: 'dark drone',
      gainDb: -15,
      pan: 0,
      play: sustain({ voices: 'low', octave: -1 }),
      hall: 0.25,
    },
    {
      role: 'bass',
      instrument: 'sub bass',
      gainDb: -11,
      pan: 0,
      play: bassLine(
        [
          [[0, 4, 0, 0.65]],
          [
            [0, 2, 0, 0.7],
            [2, 2, 0, 0.62],
          ],
          [
            [0, 1, 0, 0.78],
            [1, 1, 0, 0.6],
            [2, 1, 0, 0.72],
            [3, 1, 'fifth', 0.62],
          ],
        ],
        33,
      ),
    },
    {
      role: 'melody',
      instrument: 'brass',
      gainDb: -2,
      pan: 0.12,
      from: 0.45,
      play: tune({ octave: -1, legato: 0.98, velocity: 1.15 }),
      hall: 0.35,
    },
    {
      role: 'melody',
      instrument: 'violin',
      gainDb: -9,
      pan: -0.3,
      from: 0.3,
      to: 0.7,
      play: tune({ legato: 1.02 }),
      hall: 0.4,
    },
    {
      role: 'melody',
      instrument: 'strings',
      gainDb: -7,
      pan: -0.1,
      from: 0.75,
      play: tune({ octave: 1, legato: 1.02 }),
      hall: 0.35,
    },
    {
      role: 'rhythm',
      instrument: 'orchestral drums',
      gainDb: -7,
      pan: 0,
      from: 0.22,
      play: drums(
        [
          { kick: 'X.......x.......', lowTom: '............o.o.' },
          { kick: 'X.....x.X.......', lowTom: 'x..x..x...x..x..', midTom: '..........x...x.' },
          {
            kick: 'X.....x.X..x....',
            lowTom: 'X..xx.x.X..xx.x.',
            midTom: '..x...x...x..xxx',
            snare: '....o.......o.oo',
            hat: 'o.o.o.o.o.o.o.o.',
          },
        ],
        { lowTom: 'x.xxxxxx', midTom: '.xx.xxxx', kick: 'X...X.X.', snare: 'o.o.xxXX' },
      ),
      hall: 0.25,
    },
  ],
  hall: CONCERT_HALL,
  room: WOODEN_ROOM,
  accent: 'boom',
  dynamicsDb: 6,
  form: 'rise',
  trebleDb: 5,
  tape: 0,
  gainDb: -8.2,
};
