import type { Note } from '../note.ts';
import { density, type Player } from '../player.ts';

/** The drums of a kit by their General MIDI percussion numbers. */
export const DRUMS = {
  kick: 36,
  rim: 37,
  snare: 38,
  clap: 39,
  lowTom: 41,
  hat: 42,
  midTom: 45,
  openHat: 46,
  highTom: 48,
  crash: 49,
  ride: 51,
  tambourine: 54,
  shaker: 70,
  woodblock: 76,
  triangle: 81,
  snap: 85,
} as const;
export type Drum = keyof typeof DRUMS;

/**
 * A groove as in a step sequencer: per drum a string of steps, `X` loud, `x` normal, `o` soft, `.` silent. The string
 * spans four beats, so 16 characters are sixteenths and 8 are eighths.
 */
export type Groove = Partial<Record<Drum, string>>;

const LOUDNESS: Record<string, number> = { X: 0.95, x: 0.72, o: 0.42 };

/** Plays one of the grooves, which are given by increasing density, and a fill before a new section. */
export function drums(grooves: readonly Groove[], fill?: Groove): Player {
  return (context) => {
    const { bar, before, after, random } = context;
    if (bar.isEnding) return [];
    const groove = grooves[Math.min(grooves.length - 1, Math.floor(density(context) * grooves.length))]!;
    const isFill =
      fill !== undefined &&
      bar.barInSection === bar.barsInSection - 1 &&
      bar.barsInSection > 1 &&
      after !== undefined &&
      !after.isEnding;
    const notes: Note[] = [];
    const play = (drum: string, steps: string, from: number, to: number): void => {
      const stepBeats = 4 / steps.length;
      for (let k = 0; k < 64; k++) {
        const beat = k * stepBeats;
        if (beat >= to) break;
        const loudness = LOUDNESS[steps[k % steps.length]!];
        if (loudness === undefined || beat < from) continue;
        notes.push({
          atSeconds: context.at(beat),
          durationSeconds: 1,
          midi: DRUMS[drum as Drum],
          velocity: loudness * (0.78 + 0.25 * bar.intensity) * random.between(0.92, 1.05),
        });
      }
    };
    const fillFrom = isFill ? Math.max(0, bar.beats - 2) : bar.beats;
    for (const [drum, steps] of Object.entries(groove)) play(drum, steps, 0, fillFrom);
    // A new section of intensity 0.5 or more begins with a crash cymbal.
    const isLift =
      bar.barInSection === 0 &&
      before !== undefined &&
      bar.intensity >= 0.5 &&
      (groove.snare ?? groove.clap) !== undefined;
    if (isLift)
      notes.push({
        atSeconds: bar.startSeconds,
        durationSeconds: 3,
        midi: DRUMS.crash,
        velocity: 0.5 + 0.2 * bar.intensity,
      });
    if (isFill) for (const [drum, steps] of Object.entries(fill)) play(drum, steps, fillFrom, bar.beats);
    return notes;
  };
}
