/** A continuous sound that the plan may take. */
export interface AmbienceCandidate {
  recipe: string;
  because: string;
  /** Priority, 0 … 1; of several in one family the highest is kept. */
  weight: number;
  startSeconds: number;
  endSeconds: number;
  gainDb: number;
  pan: number;
  intensity: number;
  distance: number;
}

/** A kind of single sound that the plan may take, with the times at which it would sound. */
export interface EventCandidate {
  recipe: string;
  because: string;
  weight: number;
  moments: EventMoment[];
}

/** One sounding of an event. */
export interface EventMoment {
  atSeconds: number;
  /** 0 for as long as the recipe usually lasts. */
  durationSeconds: number;
  gainDb: number;
  pan: number;
  panTo: number;
  intensity: number;
  distance: number;
  /** True when the picture shows just then what is heard, so it may not be moved. */
  isTied: boolean;
}
