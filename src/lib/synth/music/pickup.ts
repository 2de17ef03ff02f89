import { clamp } from '../dsp/maths.ts';
import type { Note } from './note.ts';
import type { BarContext } from './player.ts';
import type { PartDesign } from './style.ts';

/** Where a chord or bass note is repeated, in beats before the end of the bar; each repetition lasts half a beat. */
const REPEATED_BEATS = [1, 0.5];
const REPEATED_LENGTH = 0.5;
/** A note this near to such a place is enough, beats. */
const NEAR_BEATS = 0.3;
/** Notes that begin within this long are one chord, which may be strummed, beats. */
const CHORD_BEATS = 0.2;
/** Velocity of the repetitions as a share of that of the chord. */
const REPEATED_VELOCITY = 0.7;
/** The crescendo: by how much velocity has grown half a beat before the end, as a share, and where it begins, beats. */
const CRESCENDO = 0.15;
const CRESCENDO_BEATS = 2.5;

/**
 * The notes of a part in a bar, with a pickup when another section follows: harmony and bass repeat their first chord
 * or note in the last beat, where it would have decayed and the bar line would be a jump in loudness, and the last beats
 * grow louder. All other bars stay as they are, also the one before the last chord.
 */
export function withPickup(notes: Note[], context: BarContext, { role }: PartDesign): Note[] {
  const { bar, after } = context;
  if (!after || after.isEnding || after.sectionIndex === bar.sectionIndex) return notes;
  const all = role === 'harmony' || role === 'bass' ? [...notes, ...repetitions(notes, context)] : notes;
  const end = bar.startSeconds + bar.beats * bar.beatSeconds;
  return all.map((note) => {
    const beatsLeft = (end - note.atSeconds) / bar.beatSeconds;
    const share = clamp((CRESCENDO_BEATS - beatsLeft) / (CRESCENDO_BEATS - REPEATED_LENGTH), 0, 1);
    return { ...note, velocity: note.velocity * (1 + CRESCENDO * share) };
  });
}

function repetitions(notes: readonly Note[], context: BarContext): Note[] {
  const { bar } = context;
  const first = notes[0];
  if (!first) return [];
  const chord = notes.filter((note) => note.atSeconds - first.atSeconds < CHORD_BEATS * bar.beatSeconds);
  const isFree = (start: number) =>
    notes.every((note) => Math.abs(note.atSeconds - start) >= NEAR_BEATS * bar.beatSeconds);
  return REPEATED_BEATS.filter((beats) => beats < bar.beats)
    .map((beats) => context.at(bar.beats - beats))
    .filter(isFree)
    .flatMap((start) =>
      chord.map((note) => ({
        ...note,
        atSeconds: start + note.atSeconds - first.atSeconds,
        durationSeconds: REPEATED_LENGTH * bar.beatSeconds,
        velocity: note.velocity * REPEATED_VELOCITY,
      })),
    );
}
