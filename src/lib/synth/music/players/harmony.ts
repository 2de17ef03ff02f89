import type { Note } from '../note.ts';
import { density, type BarContext, type Player } from '../player.ts';

/** Parameters of an arpeggio. */
export interface ArpeggioDesign {
  /** Orders of the voices, 0 the lowest; one is drawn for the piece. Numbers beyond the voicing wrap an octave up. */
  orders: readonly (readonly number[])[];
  /** Notes per beat below and above a density of 0.45. */
  perBeat: readonly [number, number];
  octave?: number;
  velocity?: number;
  /** Length of a note in steps of the arpeggio. */
  ring?: number;
}

/** Plays broken chords. */
export function arpeggio(design: ArpeggioDesign): Player {
  return (context) => {
    const { bar, voicing, random } = context;
    if (voicing.length === 0) return [];
    if (bar.isEnding) return rolled(context, design.octave ?? 0, 0.09, (design.velocity ?? 0.55) * 0.9);
    const order = context.partRandom.fork('order').pick(design.orders);
    const perBeat = density(context) < 0.45 ? design.perBeat[0] : design.perBeat[1];
    const notes: Note[] = [];
    const steps = Math.round(bar.beats * perBeat);
    for (let k = 0; k < steps; k++) {
      const beat = k / perBeat;
      const index = order[k % order.length]!;
      const midi =
        voicing[index % voicing.length]! +
        12 * Math.floor(index / voicing.length) +
        12 * (design.octave ?? 0);
      const accent = k === 0 ? 1.15 : Number.isInteger(beat) ? 1 : 0.84;
      notes.push({
        atSeconds: context.at(beat),
        durationSeconds: ((design.ring ?? 1.5) * bar.beatSeconds) / perBeat,
        midi,
        velocity:
          (design.velocity ?? 0.55) * accent * (0.75 + 0.35 * bar.intensity) * random.between(0.93, 1.05),
        pan: (k % 2 ? 0.18 : -0.18) * (k % 4 < 2 ? 1 : 0.5),
      });
    }
    return notes;
  };
}

/** Parameters of comping: chords in a rhythm, for keys and strummed strings. */
export interface CompDesign {
  /** Rhythms by increasing density: beat, length in beats, velocity. */
  rhythms: readonly (readonly (readonly [beat: number, beats: number, velocity: number])[])[];
  octave?: number;
  /** Time between the strings of a strum; from 8 ms on, strokes alternate down and up. */
  strumSeconds?: number;
  voices?: number;
}

/** Plays chords in a rhythm. */
export function comp(design: CompDesign): Player {
  return (context) => {
    const { bar, voicing } = context;
    const strum = design.strumSeconds ?? 0.006;
    const voices = voicing.slice(-(design.voices ?? 4));
    if (bar.isEnding) return rolled(context, design.octave ?? 0, Math.max(strum, 0.03), 0.55);
    const rhythm =
      design.rhythms[
        Math.min(design.rhythms.length - 1, Math.floor(density(context) * design.rhythms.length))
      ]!;
    const notes: Note[] = [];
    rhythm.forEach(([beat, beats, velocity], stroke) => {
      if (beat >= bar.beats) return;
      const isUp = strum > 0.008 && stroke % 2 === 1;
      const played = isUp ? voices.slice(1).reverse() : voices;
      played.forEach((midi, string) => {
        notes.push({
          atSeconds: context.at(beat) + string * strum,
          durationSeconds: Math.min(beats, bar.beats - beat + 0.5) * bar.beatSeconds,
          midi: midi + 12 * (design.octave ?? 0),
          velocity: velocity * (isUp ? 0.82 : 1) * (0.8 + 0.28 * bar.intensity) * (string === 0 ? 1 : 0.88),
          pan: -0.15 + (0.3 * string) / Math.max(1, played.length - 1),
        });
      });
    });
    return notes;
  };
}

/** The last chord, rolled upwards and held. */
function rolled({ bar, voicing }: BarContext, octave: number, gapSeconds: number, velocity: number): Note[] {
  const length = bar.beats * bar.beatSeconds;
  return voicing.map((midi, k) => ({
    atSeconds: bar.startSeconds + Math.min(k * gapSeconds, length * 0.2),
    durationSeconds: length,
    midi: midi + 12 * octave,
    velocity: velocity * (1 - 0.06 * k),
    pan: -0.2 + 0.1 * k,
  }));
}
