/** A continuous sound that might be in the plan. */
export interface BedIdea {
  recipe: string;
  because: string;
  /** How much it is wanted, 0 … 1; the weightiest of a family stays. */
  weight: number;
  startSeconds: number;
  endSeconds: number;
  gainDb: number;
  pan: number;
  intensity: number;
  distance: number;
}

/** A kind of single sound that might be in the plan, with the times at which it is wanted. */
export interface EventIdea {
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
