import { legatoBass } from '../players/bass.ts';
import { arpeggio } from '../players/harmony.ts';
import { guideTone, sustain } from '../players/sustain.ts';
import { tune } from '../players/tune.ts';
import type { Style } from '../style.ts';
import { CONCERT_HALL, WOODEN_ROOM } from './rooms.ts';

/** Neoclassical: a piano, later a cello. */
export const melancholy: Style = {
  name: 'melancholy',
  centre: { valence: -0.4, arousal: -0.65 },
  tempo: [56, 76],
  metres: [3, 4],
  swing: 0,
  humanizeSeconds: 0.018,
  tonics: [33, 44],
  bright: {
    scale: ['ionian'],
    loops: [
      ['I', 'V', 'vi', 'iii7'],
      ['vi7', 'iii7', 'IVmaj7', 'I'],
    ],
    cadence: 'V',
    home: 'I',
  },
  neutral: {
    scale: ['aeolian', 'dorian'],
    loops: [
      ['i', 'bVII', 'bVImaj7', 'v7'],
      ['i', 'iv7', 'bVII', 'bIIImaj7'],
    ],
    cadence: 'v7',
    home: 'iadd9',
  },
  dark: {
    scale: ['aeolian', 'harmonic minor'],
    loops: [
      ['i', 'v7', 'bVImaj7', 'V'],
      ['iadd9', 'iv7', 'i', 'V'],
      ['i', 'bVImaj7', 'iv7', 'V'],
    ],
    cadence: 'V',
    home: 'i',
  },
  minChordSeconds: 2.4,
  voicing: { lowest: 48, highest: 72, voices: 4, top: 64 },
  melody: {
    rhythms: [
      [1, 1, 1, 3, 2],
      [2, 1, 3, 2],
      [1.5, 0.5, 1, 3, -2],
      [1, 2, 1, 2, 2],
    ],
    lowest: 62,
    highest: 84,
    centre: 72,
    leaps: 0.3,
    rests: 0.05,
  },
  parts: [
    {
      role: 'harmony',
      instrument: 'piano',
      gainDb: -5,
      pan: -0.1,
      play: arpeggio({
        orders: [
          [0, 2, 3, 1, 2, 3],
          [0, 1, 2, 3, 2, 1],
          [0, 3, 2, 1, 3, 2],
        ],
        perBeat: [1, 2],
        ring: 3,
        velocity: 0.42,
      }),
      hall: 0.28,
      room: 0.1,
    },
    { role: 'bass', instrument: 'piano', gainDb: -5, pan: -0.15, play: legatoBass(33, 0.5), hall: 0.25 },
    {
      role: 'melody',
      instrument: 'piano',
      gainDb: -2,
      pan: 0.1,
      play: tune({ legato: 1.4, velocity: 1 }),
      hall: 0.32,
    },
    {
      role: 'melody',
      instrument: 'cello',
      gainDb: -7,
      pan: 0.25,
      from: 0.42,
      play: guideTone(-1, 0.62),
      hall: 0.4,
    },
    {
      role: 'pad',
      instrument: 'strings',
      gainDb: -12,
      pan: 0,
      from: 0.5,
      play: sustain({ voices: 'all', velocity: 0.5 }),
      hall: 0.4,
    },
    {
      role: 'melody',
      instrument: 'violin',
      gainDb: -11,
      pan: -0.3,
      from: 0.66,
      play: tune({ octave: 0, legato: 1.02 }),
      hall: 0.4,
    },
  ],
  hall: CONCERT_HALL,
  room: WOODEN_ROOM,
  accent: 'chime',
  dynamicsDb: 3.5,
  form: 'arc',
  trebleDb: 3,
  tape: 0,
  gainDb: 8.0,
};
