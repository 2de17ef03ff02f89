import type { Note } from '../note.ts';
import type { Player } from '../player.ts';

/** Parameters of sustained chords. */
export interface SustainDesign {
  voices: 'all' | 'top' | 'low' | 'middle';
  octave?: number;
  velocity?: number;
  /** Seconds by which a note outlasts its chord. */
  overlapSeconds?: number;
}

/** Sustains the chords, as strings and pads do; voices common to the chords of a pair of bars are tied. */
export function sustain(design: SustainDesign): Player {
  return ({ bar, before, after, voicing, voicingBefore, voicingAfter }) => {
    const notes: Note[] = [];
    const chosen = choose(voicing, design.voices);
    const earlier =
      before && before.sectionIndex === bar.sectionIndex ? choose(voicingBefore ?? [], design.voices) : [];
    const later =
      after && after.sectionIndex === bar.sectionIndex ? choose(voicingAfter ?? [], design.voices) : [];
    const length = bar.beats * bar.beatSeconds;
    chosen.forEach((midi, k) => {
      // Tied pairs: an even bar may reach into the odd one after it.
      if (bar.barInSection % 2 === 1 && earlier.includes(midi)) return;
      const isTied = bar.barInSection % 2 === 0 && later.includes(midi) && after !== undefined;
      const tied = isTied ? length + after.beats * after.beatSeconds : length;
      notes.push({
        atSeconds: bar.startSeconds,
        durationSeconds: tied + (design.overlapSeconds ?? 0.15),
        midi: midi + 12 * (design.octave ?? 0),
        velocity: (design.velocity ?? 0.6) * (0.75 + 0.35 * bar.intensity),
        pan: chosen.length > 1 ? -0.4 + (0.8 * k) / (chosen.length - 1) : 0,
      });
    });
    return notes;
  };
}

function choose(voicing: readonly number[], voices: SustainDesign['voices']): readonly number[] {
  if (voices === 'top') return voicing.slice(-2);
  if (voices === 'low') return voicing.slice(0, 2);
  if (voices === 'middle') return voicing.slice(1, -1);
  return voicing;
}

/** A slow inner voice, the second lowest of each voicing: a countermelody for a cello or a horn. */
export function guideTone(octave: number, velocity: number): Player {
  return ({ bar, before, after, voicing, voicingBefore, voicingAfter }) => {
    const pick = (notes: readonly number[] | undefined) => notes?.[1] ?? notes?.[0];
    const midi = pick(voicing);
    if (midi === undefined) return [];
    if (bar.barInSection % 2 === 1 && before && pick(voicingBefore) === midi) return [];
    const isTied =
      bar.barInSection % 2 === 0 && after?.sectionIndex === bar.sectionIndex && pick(voicingAfter) === midi;
    const bars =
      isTied && after
        ? bar.beats * bar.beatSeconds + after.beats * after.beatSeconds
        : bar.beats * bar.beatSeconds;
    return [
      {
        atSeconds: bar.startSeconds,
        durationSeconds: bars + 0.1,
        midi: midi + 12 * octave,
        velocity: velocity * (0.7 + 0.4 * bar.intensity),
      },
    ];
  };
}
