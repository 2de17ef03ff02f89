import type { Mood } from '#lib/job/mood.ts';
import type { Part } from '#lib/job/score.ts';
import type { ReverbShape } from '../dsp/reverb.ts';
import type { MelodyDesign } from './melody.ts';
import type { Player } from './player.ts';
import type { ScaleName } from './theory/scale.ts';

/** How one instrument part of a style is played and mixed. */
export interface PartDesign {
  role: Part['role'];
  instrument: string;
  gainDb: number;
  pan: number;
  /** It plays in sections whose intensity is from … to; by default 0 … 1. */
  from?: number;
  to?: number;
  play: Player;
  /** Levels of the sends to the two reverbs and the echo, linear; 0 by default. */
  hall?: number;
  room?: number;
  echo?: number;
  /** Wet level of the chorus, linear; 0 by default. */
  chorus?: number;
  /** Depth of ducking on every beat, as by a sidechain compressor, 0 … 1; 0 by default. */
  pump?: number;
}

/** The chords of a style for one kind of mood, as roman numerals (see `numeralToSymbol`). */
export interface Harmony {
  /** Scales of the melody, of which one that fits the chords is drawn. */
  scale: readonly ScaleName[];
  /** Chord loops, one chord per bar. */
  loops: readonly (readonly string[])[];
  /** The chord before the last one. */
  cadence: string;
  /** The last chord. */
  home: string;
}

/** Everything that makes a style recognisable. */
export interface Style {
  name: string;
  /** Its place on the plane of valence and arousal. */
  centre: Mood;
  /** How far from its centre in arousal it fits as well; 0 by default. */
  reach?: number;
  /** Beats per minute at arousal -1 and at arousal 1. */
  tempo: readonly [number, number];
  /** Beats per bar, of which one is drawn. */
  metres: readonly number[];
  /** Delay of the off-beats as a share of half a beat: 0 straight, 0.33 triplets. */
  swing: number;
  /** Standard deviation of the humanized timing, seconds. */
  humanizeSeconds: number;
  /** Range of the tonic as a bass note, MIDI numbers. */
  tonics: readonly [number, number];
  /** The harmony for pleasant, neutral and unpleasant moods. */
  bright: Harmony;
  neutral: Harmony;
  dark: Harmony;
  /** A chord lasts two bars if bars are shorter than this. */
  minChordSeconds: number;
  voicing: { lowest: number; highest: number; voices: number; top: number };
  melody: MelodyDesign;
  parts: readonly PartDesign[];
  /** The two reverbs that parts send to. */
  hall: ReverbShape;
  room: ReverbShape;
  /** What marks a cut. */
  accent: 'boom' | 'crash' | 'chime' | 'swell' | 'soft';
  /** Difference in level between sections of intensity 0 and 1, dB. */
  dynamicsDb: number;
  /** Curve of the intensity over the piece. */
  form: 'even' | 'rise' | 'waves' | 'arc';
  /** Gain of the treble shelf at a neutral mood, dB. */
  trebleDb: number;
  /** Amount of tape simulation (lowpass, saturation, wow), 0 … 1. */
  tape: number;
  /** Gain that brings the style to its nominal loudness, dB, measured by test/bench/sound-music.ts. */
  gainDb: number;
}
