import { legatoBass } from '../players/bass.ts';
import { drums } from '../players/drums.ts';
import { arpeggio } from '../players/harmony.ts';
import { sustain } from '../players/sustain.ts';
import { sparkle, texture } from '../players/texture.ts';
import { tune } from '../players/tune.ts';
import type { Style } from '../style.ts';
import { CATHEDRAL, WOODEN_ROOM } from './rooms.ts';

/** Dark ambient: drones, distant bells, a low choir; slow. */
export const dark: Style = {
  name: 'dark',
  centre: { valence: -0.75, arousal: -0.35 },
  tempo: [50, 70],
  metres: [4],
  swing: 0,
  humanizeSeconds: 0.02,
  tonics: [29, 38],
  bright: {
    scale: ['aeolian', 'dorian'],
    loops: [['iadd9', 'bVImaj7', 'iv7', 'iadd9']],
    cadence: 'iv',
    home: 'I5',
  },
  neutral: {
    scale: ['aeolian', 'phrygian'],
    loops: [
      ['i', 'bVImaj7', 'iv', 'i'],
      ['i', 'bII', 'bVI', 'i'],
    ],
    cadence: 'bII',
    home: 'I5',
  },
  dark: {
    scale: ['phrygian', 'harmonic minor'],
    loops: [
      ['i', 'bII', 'iv', 'bII'],
      ['i', 'bVI', 'viidim7', 'i'],
      ['I5', 'bII', 'I5', 'viidim'],
    ],
    cadence: 'bII',
    home: 'I5',
  },
  minChordSeconds: 3.6,
  voicing: { lowest: 45, highest: 69, voices: 4, top: 62 },
  melody: {
    rhythms: [
      [4, 4],
      [3, 1, 4],
      [-2, 2, 4],
      [2, 6],
    ],
    lowest: 55,
    highest: 79,
    centre: 65,
    leaps: 0.2,
    rests: 0.3,
  },
  parts: [
    {
      role: 'pad',
      instrument: 'dark drone',
      gainDb: -11,
      pan: 0,
      play: sustain({ voices: 'low', octave: -1, overlapSeconds: 0.9, velocity: 0.8 }),
      hall: 0.4,
    },
    {
      role: 'pad',
      instrument: 'choir',
      gainDb: -7,
      pan: 0,
      from: 0.22,
      play: sustain({ voices: 'middle', overlapSeconds: 0.5, velocity: 0.55 }),
      hall: 0.6,
    },
    {
      role: 'pad',
      instrument: 'air pad',
      gainDb: -12,
      pan: 0,
      from: 0.15,
      play: sustain({ voices: 'top', octave: 1, overlapSeconds: 0.6 }),
      hall: 0.7,
    },
    { role: 'bass', instrument: 'sub bass', gainDb: -12.5, pan: 0, play: legatoBass(33, 0.65), hall: 0.08 },
    {
      role: 'melody',
      instrument: 'felt piano',
      gainDb: -2,
      pan: 0.15,
      from: 0.15,
      play: tune({ octave: -1, legato: 2, density: 0.85 }),
      hall: 0.8,
      echo: 0.3,
    },
    {
      role: 'harmony',
      instrument: 'tremolo strings',
      gainDb: -9,
      pan: -0.3,
      from: 0.5,
      play: sustain({ voices: 'top', octave: 1, velocity: 0.5 }),
      hall: 0.5,
    },
    {
      role: 'harmony',
      instrument: 'harp',
      gainDb: -12,
      pan: 0.35,
      from: 0.6,
      play: arpeggio({
        orders: [
          [0, 3, 1, 2],
          [3, 1, 2, 0],
        ],
        perBeat: [1, 1],
        ring: 4,
        velocity: 0.45,
      }),
      hall: 0.6,
    },
    {
      role: 'texture',
      instrument: 'bell',
      gainDb: -11,
      pan: -0.35,
      from: 0.1,
      play: sparkle(0.7, 1, 0.6),
      hall: 0.9,
      echo: 0.5,
    },
    { role: 'texture', instrument: 'air', gainDb: -19, pan: 0, play: texture(48, 0.7), hall: 0.5 },
    {
      role: 'rhythm',
      instrument: 'orchestral drums',
      gainDb: -10,
      pan: 0,
      from: 0.45,
      play: drums([
        {},
        { kick: 'X.x.............' },
        { kick: 'X.x.....o.......', lowTom: '............o.o.' },
      ]),
      hall: 0.5,
    },
  ],
  hall: { ...CATHEDRAL, seconds: 6.5, brightness: 0.22 },
  room: WOODEN_ROOM,
  accent: 'boom',
  dynamicsDb: 6.5,
  form: 'waves',
  trebleDb: 3,
  tape: 0,
  gainDb: 6.5,
};
