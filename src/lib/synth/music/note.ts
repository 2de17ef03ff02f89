/** One note for an instrument: drums use the numbers of General MIDI percussion. */
export interface Note {
  atSeconds: number;
  durationSeconds: number;
  midi: number;
  /** 0 … 1. */
  velocity: number;
  /** Shift from the part's place, -1 … 1. */
  pan?: number;
}
