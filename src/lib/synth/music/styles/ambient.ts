import { legatoBass } from '../players/bass.ts';
import { arpeggio } from '../players/harmony.ts';
import { sustain } from '../players/sustain.ts';
import { sparkle, texture } from '../players/texture.ts';
import { tune } from '../players/tune.ts';
import type { Style } from '../style.ts';
import { CATHEDRAL, WOODEN_ROOM } from './rooms.ts';

/** Ambient: wide pads, single piano notes, no drums. */
export const ambient: Style = {
  name: 'ambient',
  centre: { valence: 0.35, arousal: -0.8 },
  tempo: [54, 72],
  metres: [4],
  swing: 0,
  humanizeSeconds: 0.016,
  tonics: [36, 47],
  bright: {
    scale: ['lydian', 'ionian'],
    loops: [
      ['Imaj9', 'IVmaj9', 'vi9', 'IVmaj9'],
      ['Iadd9', 'iii7', 'IVmaj9', 'Isus2'],
      ['IVmaj9', 'Iadd9', 'Vsus4', 'vi7'],
    ],
    cadence: 'IVmaj9',
    home: 'Iadd9',
  },
  neutral: {
    scale: ['ionian', 'mixolydian'],
    loops: [
      ['vi9', 'IVmaj9', 'Iadd9', 'Vsus4'],
      ['Iadd9', 'bVIImaj7', 'IVmaj9', 'Iadd9'],
    ],
    cadence: 'IVadd9',
    home: 'Iadd9',
  },
  dark: {
    scale: ['dorian', 'aeolian'],
    loops: [
      ['i9', 'bVImaj7', 'iv9', 'i9'],
      ['i9', 'iv9', 'bIIImaj7', 'bVIImaj7'],
    ],
    cadence: 'iv9',
    home: 'iadd9',
  },
  minChordSeconds: 3.4,
  voicing: { lowest: 50, highest: 76, voices: 4, top: 70 },
  melody: {
    rhythms: [
      [3, 1, 4],
      [2, 2, 4],
      [-1, 3, 2, 2],
      [4, 2, 2],
    ],
    lowest: 65,
    highest: 86,
    centre: 74,
    leaps: 0.25,
    rests: 0.2,
  },
  parts: [
    {
      role: 'pad',
      instrument: 'warm pad',
      gainDb: -7,
      pan: 0,
      play: sustain({ voices: 'all', overlapSeconds: 0.7, velocity: 0.7 }),
      hall: 0.35,
    },
    {
      role: 'pad',
      instrument: 'glass pad',
      gainDb: -13,
      pan: 0,
      from: 0.2,
      play: sustain({ voices: 'top', octave: 1, overlapSeconds: 0.8 }),
      hall: 0.7,
    },
    { role: 'bass', instrument: 'sub bass', gainDb: -8, pan: 0, play: legatoBass(36, 0.6), hall: 0.05 },
    {
      role: 'melody',
      instrument: 'felt piano',
      gainDb: 1,
      pan: 0.05,
      from: 0.1,
      play: tune({ legato: 1.6, density: 0.92 }),
      hall: 0.55,
      echo: 0.25,
    },
    {
      role: 'harmony',
      instrument: 'harp',
      gainDb: -10,
      pan: -0.25,
      from: 0.32,
      play: arpeggio({
        orders: [
          [0, 1, 2, 3, 4, 3, 2, 1],
          [0, 2, 1, 3, 2, 4, 3, 5],
        ],
        perBeat: [1, 2],
        ring: 4,
        velocity: 0.5,
      }),
      hall: 0.5,
      echo: 0.2,
    },
    {
      role: 'texture',
      instrument: 'celesta',
      gainDb: -13,
      pan: 0.3,
      from: 0.15,
      play: sparkle(2, 2, 0.5),
      hall: 0.7,
      echo: 0.4,
    },
    { role: 'texture', instrument: 'air', gainDb: -24, pan: 0, play: texture(60, 0.5), hall: 0.3 },
  ],
  hall: CATHEDRAL,
  room: WOODEN_ROOM,
  accent: 'swell',
  dynamicsDb: 6,
  form: 'arc',
  trebleDb: 4,
  tape: 0,
  gainDb: 7.1,
};
