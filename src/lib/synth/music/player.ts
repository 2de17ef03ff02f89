import type { Random } from '../dsp/random.ts';
import type { Bar } from './bar.ts';
import type { Note } from './note.ts';

/** What a player knows when it plays one bar. */
export interface BarContext {
  bar: Bar;
  before: Bar | undefined;
  after: Bar | undefined;
  /** The voicing of the chord, MIDI numbers, lowest first, and those of the bars around it. */
  voicing: readonly number[];
  voicingBefore: readonly number[] | undefined;
  voicingAfter: readonly number[] | undefined;
  /** Random stream of this part, another one in every bar. */
  random: Random;
  /** Random stream of this part, the same in every bar: for choices that hold for the whole piece. */
  partRandom: Random;
  arousal: number;
  /** Time in seconds of a beat of this bar, with the style's swing. */
  at(beat: number): number;
  /** The melody of this bar; its beats count from the start of the bar. */
  tune(): readonly { beat: number; beats: number; midi: number; velocity: number }[];
}

/** Plays one bar: a function from chords, melody and intensity to notes. */
export type Player = (context: BarContext) => Note[];

/** How dense the playing of a bar is, 0 … 1: the intensity of the section, raised by arousal. */
export function density({ bar, arousal }: BarContext): number {
  return Math.min(1, Math.max(0, bar.intensity * (0.85 + 0.3 * arousal) + 0.12 * arousal));
}
