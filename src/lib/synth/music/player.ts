import type { Random } from '../dsp/random.ts';
import type { Bar } from './bar.ts';
import type { Note } from './note.ts';

/** What a player sees when it plays one bar. */
export interface BarContext {
  bar: Bar;
  before: Bar | undefined;
  after: Bar | undefined;
  /** The chord in close position, lowest first, and that of the bars around it. */
  voicing: readonly number[];
  voicingBefore: readonly number[] | undefined;
  voicingAfter: readonly number[] | undefined;
  /** Random stream of this part in this bar. */
  random: Random;
  /** Random stream of this part, the same in every bar: choices that hold through the piece. */
  identity: Random;
  arousal: number;
  /** Time of a beat within the bar, with the style's swing. */
  at(beat: number): number;
  /** The tune of this bar: beats relative to the bar. */
  tune(): readonly { beat: number; beats: number; midi: number; velocity: number }[];
}

/** Plays one bar; parts are made of players. */
export type Player = (context: BarContext) => Note[];

/** How full a bar is played, 0 … 1: the section's intensity lifted by an excited mood. */
export function activity({ bar, arousal }: BarContext): number {
  return Math.min(1, Math.max(0, bar.intensity * (0.85 + 0.3 * arousal) + 0.12 * arousal));
}
