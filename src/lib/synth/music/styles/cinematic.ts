import { bassLine } from '../players/bass.ts';
import { drums } from '../players/drums.ts';
import { arpeggio } from '../players/harmony.ts';
import { guideTone, sustain } from '../players/sustain.ts';
import { tune } from '../players/tune.ts';
import type { Style } from '../style.ts';
import { CONCERT_HALL, WOODEN_ROOM } from './rooms.ts';

/** Warm film music: felt piano, swelling strings, a cello countermelody. */
export const cinematic: Style = {
  name: 'cinematic',
  centre: { valence: 0.2, arousal: -0.1 },
  tempo: [66, 96],
  metres: [4, 3],
  swing: 0,
  humanizeSeconds: 0.012,
  tonics: [33, 44],
  bright: {
    scale: ['ionian', 'lydian'],
    loops: [
      ['Iadd9', 'V', 'vi7', 'IVmaj7'],
      ['vi7', 'IVadd9', 'Iadd9', 'V'],
      ['Iadd9', 'iii7', 'IVadd9', 'V'],
    ],
    cadence: 'V',
    home: 'Iadd9',
  },
  neutral: {
    scale: ['ionian', 'dorian'],
    loops: [
      ['vi', 'IVadd9', 'I', 'V'],
      ['Iadd9', 'vi7', 'ii7', 'IVadd9'],
      ['IVadd9', 'I', 'vi7', 'V'],
    ],
    cadence: 'Vsus4',
    home: 'Iadd9',
  },
  dark: {
    scale: ['aeolian'],
    loops: [
      ['iadd9', 'bVImaj7', 'bIII', 'bVII'],
      ['i', 'v7', 'bVImaj7', 'iv7'],
      ['bVImaj7', 'bVII', 'iadd9', 'bIII'],
    ],
    cadence: 'V',
    home: 'iadd9',
  },
  minChordSeconds: 2.1,
  voicing: { lowest: 52, highest: 76, voices: 4, top: 69 },
  melody: {
    rhythms: [
      [2, 1, 1, 4],
      [3, 1, 2, 2],
      [1, 1, 2, 3, 1],
      [1.5, 0.5, 2, 4],
    ],
    lowest: 62,
    highest: 86,
    centre: 73,
    leaps: 0.28,
    rests: 0.1,
  },
  parts: [
    {
      role: 'harmony',
      instrument: 'felt piano',
      gainDb: -3,
      pan: -0.08,
      play: arpeggio({
        orders: [
          [0, 2, 1, 3, 2, 1, 3, 2],
          [0, 1, 2, 3, 2, 3, 1, 2],
          [0, 2, 3, 2, 4, 2, 3, 2],
        ],
        perBeat: [1, 2],
        ring: 2.4,
        velocity: 0.5,
      }),
      hall: 0.3,
    },
    {
      role: 'pad',
      instrument: 'strings',
      gainDb: -6,
      pan: 0,
      from: 0.34,
      play: sustain({ voices: 'all', overlapSeconds: 0.2, velocity: 0.6 }),
      hall: 0.4,
    },
    {
      role: 'pad',
      instrument: 'warm pad',
      gainDb: -12,
      pan: 0,
      play: sustain({ voices: 'low', overlapSeconds: 0.6 }),
      hall: 0.3,
    },
    {
      role: 'pad',
      instrument: 'choir',
      gainDb: -13,
      pan: 0,
      from: 0.68,
      play: sustain({ voices: 'all', velocity: 0.6 }),
      hall: 0.5,
    },
    {
      role: 'bass',
      instrument: 'sub bass',
      gainDb: -10,
      pan: 0,
      play: bassLine(
        [
          [[0, 4, 0, 0.6]],
          [
            [0, 2, 0, 0.66],
            [2, 2, 0, 0.5],
          ],
          [
            [0, 2, 0, 0.7],
            [2, 1.5, 'fifth', 0.55],
            [3.5, 0.5, 'approach', 0.5],
          ],
        ],
        33,
      ),
    },
    {
      role: 'melody',
      instrument: 'piano',
      gainDb: -4,
      pan: 0.08,
      from: 0.2,
      to: 0.72,
      play: tune({ legato: 1.3 }),
      hall: 0.4,
    },
    {
      role: 'melody',
      instrument: 'violin',
      gainDb: -7,
      pan: -0.25,
      from: 0.6,
      play: tune({ legato: 1.02, velocity: 1 }),
      hall: 0.45,
    },
    {
      role: 'melody',
      instrument: 'cello',
      gainDb: -7,
      pan: 0.3,
      from: 0.42,
      play: guideTone(-1, 0.65),
      hall: 0.4,
    },
    {
      role: 'rhythm',
      instrument: 'orchestral drums',
      gainDb: -10,
      pan: 0,
      from: 0.66,
      play: drums(
        [{}, { kick: 'X.......x.......' }, { kick: 'X.......x.......', lowTom: '..o...o...o.x.x.' }],
        { lowTom: 'x.x.xxxx', midTom: '..x...xx' },
      ),
      hall: 0.35,
    },
  ],
  hall: CONCERT_HALL,
  room: WOODEN_ROOM,
  accent: 'swell',
  dynamicsDb: 3,
  form: 'arc',
  trebleDb: 4.5,
  tape: 0,
  gainDb: 0.5,
};
