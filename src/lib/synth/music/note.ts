/** One note. Drums use the General MIDI percussion numbers. */
export interface Note {
  atSeconds: number;
  durationSeconds: number;
  midi: number;
  /** 0 … 1. */
  velocity: number;
  /** Added to the pan of the part, -1 … 1. */
  pan?: number;
}
