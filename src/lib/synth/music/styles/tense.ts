import { bassLine } from '../players/bass.ts';
import { drums } from '../players/drums.ts';
import { arpeggio } from '../players/harmony.ts';
import { sustain } from '../players/sustain.ts';
import { sparkle } from '../players/texture.ts';
import { tune } from '../players/tune.ts';
import type { Style } from '../style.ts';
import { CATHEDRAL, WOODEN_ROOM } from './rooms.ts';

/** Suspense: pulsing bass, staccato and tremolo strings, ticking percussion. */
export const tense: Style = {
  name: 'tense',
  centre: { valence: -0.6, arousal: 0.5 },
  tempo: [88, 128],
  metres: [4],
  swing: 0,
  humanizeSeconds: 0.005,
  tonics: [31, 40],
  bright: {
    scale: ['dorian', 'aeolian'],
    loops: [
      ['i', 'i', 'bVI', 'bVII'],
      ['i6', 'i', 'iv', 'bVI'],
    ],
    cadence: 'bVII',
    home: 'I5',
  },
  neutral: {
    scale: ['aeolian', 'harmonic minor'],
    loops: [
      ['i', 'bVI', 'iv', 'V'],
      ['i', 'i', 'bVI', 'iv6'],
    ],
    cadence: 'V',
    home: 'I5',
  },
  dark: {
    scale: ['phrygian', 'harmonic minor'],
    loops: [
      ['i', 'bII', 'i', 'bII'],
      ['i', 'bVI', 'bII', 'V'],
      ['i', 'iv', 'bII', 'i'],
    ],
    cadence: 'bII',
    home: 'I5',
  },
  minChordSeconds: 2.3,
  voicing: { lowest: 48, highest: 72, voices: 4, top: 65 },
  melody: {
    rhythms: [
      [2, 2, 4],
      [3, 1, 4],
      [1, 1, 2, 4],
      [-2, 2, 1, 1, 2],
    ],
    lowest: 58,
    highest: 80,
    centre: 67,
    leaps: 0.15,
    rests: 0.3,
  },
  parts: [
    {
      role: 'pad',
      instrument: 'dark drone',
      gainDb: -15,
      pan: 0,
      play: sustain({ voices: 'low', octave: -1, velocity: 0.7, overlapSeconds: 0.5 }),
      hall: 0.3,
    },
    {
      role: 'pad',
      instrument: 'tremolo strings',
      gainDb: -6,
      pan: 0,
      from: 0.3,
      play: sustain({ voices: 'top', octave: 1, velocity: 0.6 }),
      hall: 0.4,
    },
    {
      role: 'bass',
      instrument: 'synth bass',
      gainDb: -11,
      pan: 0,
      play: bassLine(
        [
          [
            [0, 1, 0, 0.6],
            [2, 1, 0, 0.5],
          ],
          [
            [0, 0.5, 0, 0.7],
            [0.5, 0.5, 0, 0.42],
            [1, 0.5, 0, 0.55],
            [1.5, 0.5, 0, 0.42],
            [2, 0.5, 0, 0.65],
            [2.5, 0.5, 0, 0.42],
            [3, 0.5, 0, 0.55],
            [3.5, 0.5, 'approach', 0.5],
          ],
          Array.from(
            { length: 16 },
            (_, k) => [k / 4, 0.25, k % 16 === 11 ? 12 : 0, k % 4 === 0 ? 0.75 : k % 2 ? 0.38 : 0.5] as const,
          ),
        ],
        35,
      ),
      hall: 0.06,
    },
    {
      role: 'harmony',
      instrument: 'staccato strings',
      gainDb: -4,
      pan: 0.2,
      from: 0.32,
      play: arpeggio({
        orders: [
          [0, 0, 2, 0, 1, 0, 2, 1],
          [2, 0, 1, 0, 2, 0, 3, 0],
          [0, 2, 1, 2, 0, 2, 1, 3],
        ],
        perBeat: [2, 4],
        ring: 0.6,
        velocity: 0.6,
      }),
      hall: 0.3,
    },
    {
      role: 'melody',
      instrument: 'cello',
      gainDb: -4,
      pan: -0.2,
      from: 0.38,
      play: tune({ octave: -1, legato: 1.02 }),
      hall: 0.4,
    },
    {
      role: 'texture',
      instrument: 'bell',
      gainDb: -15,
      pan: 0.4,
      from: 0.15,
      play: sparkle(0.6, 1, 0.5),
      hall: 0.8,
      echo: 0.4,
    },
    {
      role: 'rhythm',
      instrument: 'orchestral drums',
      gainDb: -10,
      pan: 0,
      from: 0.2,
      play: drums(
        [
          { kick: 'X.......o.......', rim: '..o...o...o...o.' },
          { kick: 'X.....x...x.....', lowTom: '...x......x..x..', rim: 'o.o.o.o.o.o.o.o.' },
          {
            kick: 'X.....x.X.......',
            lowTom: 'X..x..x..x..x.x.',
            midTom: '..........x...xx',
            hat: 'x.o.x.o.x.o.x.o.',
          },
        ],
        { lowTom: 'x.xxx.xx', midTom: '.x...x.x', kick: 'X...X...' },
      ),
      hall: 0.28,
    },
  ],
  hall: CATHEDRAL,
  room: WOODEN_ROOM,
  accent: 'boom',
  dynamicsDb: 5,
  form: 'rise',
  trebleDb: 4.5,
  tape: 0,
  gainDb: -0.5,
};
