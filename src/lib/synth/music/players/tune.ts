import type { Player } from '../player.ts';

/** Parameters of playing the melody. */
export interface TuneDesign {
  octave?: number;
  velocity?: number;
  /** Share of each note that sounds; 1 is legato. */
  legato?: number;
  /** Plays in every second section only, so that another instrument can play the others. */
  sections?: 'even' | 'odd';
  /** Probability that a note is played. */
  density?: number;
}

/** Plays the melody of the piece. */
export function tune(design: TuneDesign = {}): Player {
  return (context) => {
    const { bar, random } = context;
    const isOdd = bar.sectionIndex % 2 === 1;
    if (!bar.isEnding && design.sections === 'odd' && !isOdd) return [];
    if (!bar.isEnding && design.sections === 'even' && isOdd) return [];
    return context
      .tune()
      .filter(() => random.chance(design.density ?? 1))
      .map((note) => ({
        atSeconds: context.at(note.beat),
        durationSeconds: note.beats * bar.beatSeconds * (design.legato ?? 0.95),
        midi: note.midi + 12 * (design.octave ?? 0),
        velocity: note.velocity * (design.velocity ?? 1),
      }));
  };
}
