import type { Player } from '../player.ts';

/** Plays the tune. */
export interface TuneDesign {
  octave?: number;
  velocity?: number;
  /** Part of each note that sounds, 1 is legato. */
  legato?: number;
  /** Plays only in every second section, so that another instrument can answer. */
  sections?: 'even' | 'odd';
  /** Chance that a note is played; below 1 the tune becomes scattered drops. */
  density?: number;
}

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
