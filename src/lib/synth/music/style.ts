import type { Mood } from '#lib/job/mood.ts';
import type { Part } from '#lib/job/score.ts';
import type { ReverbShape } from '../dsp/reverb.ts';
import type { MelodyDesign } from './melody.ts';
import type { Player } from './player.ts';
import type { ScaleName } from './theory/scale.ts';

/** How one part of a style is played and where it stands in the room. */
export interface PartDesign {
  role: Part['role'];
  instrument: string;
  gainDb: number;
  pan: number;
  /** It plays in sections whose intensity lies between these; 0 … 1 when left out. */
  from?: number;
  to?: number;
  play: Player;
  /** Sends to the two reverbs and the echo, linear. */
  hall?: number;
  room?: number;
  echo?: number;
  /** Wet level of the chorus. */
  chorus?: number;
  /** Drums make it duck on every beat, 0 … 1. */
  pump?: number;
}

/** Chord loops in roman numerals, for a pleasant, a neutral and an unpleasant mood. */
export interface Harmony {
  scale: readonly ScaleName[];
  loops: readonly (readonly string[])[];
  /** The bar before the last chord. */
  cadence: string;
  /** The last chord. */
  home: string;
}

/** Everything that makes a style recognisable. */
export interface Style {
  name: string;
  /** Where it sits on the plane of moods. */
  centre: Mood;
  /** Beats per minute at the calmest and at the most excited. */
  tempo: readonly [number, number];
  metres: readonly number[];
  /** Delay of the off-beat, in halves of a beat: 0 straight, 0.33 triplets. */
  swing: number;
  /** Spread of human timing in seconds. */
  looseness: number;
  /** Lowest pitch that the tonic may have as a bass note, MIDI. */
  tonics: readonly [number, number];
  bright: Harmony;
  neutral: Harmony;
  dark: Harmony;
  /** A chord lasts two bars when bars are shorter than this many seconds. */
  shortestChordSeconds: number;
  voicing: { lowest: number; highest: number; voices: number; top: number };
  melody: MelodyDesign;
  parts: readonly PartDesign[];
  hall: ReverbShape;
  room: ReverbShape;
  accent: 'boom' | 'crash' | 'chime' | 'swell' | 'soft';
  /** How much quieter a thin section is than a full one, dB. */
  dynamicsDb: number;
  /** Intensity over the form: even, rising, in waves or as one arc. */
  form: 'even' | 'rise' | 'waves' | 'arc';
  /** Brightness of the whole at neutral mood: treble shelf in dB. */
  trebleDb: number;
  /** Tape: lowpass, saturation and wow, 0 … 1. */
  tape: number;
  /** Brings the style to the nominal loudness, dB; measured by test/bench/sound-music.ts. */
  gainDb: number;
}
