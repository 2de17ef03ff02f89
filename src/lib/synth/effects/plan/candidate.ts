import type { Layer } from '#lib/job/score.ts';

/** A continuous sound that the plan may take. */
export interface AmbienceCandidate {
  recipe: string;
  because: string;
  from: NonNullable<Layer['from']>;
  /** Priority, 0 … 1; of several in one family the highest is kept. */
  weight: number;
  startSeconds: number;
  endSeconds: number;
  fadeInSeconds: number;
  fadeOutSeconds: number;
  gainDb: number;
  pan: number;
  intensity: number;
  distance: number;
}

/** A one-shot that the plan may take, with the times at which it would sound. */
export interface OneShotCandidate {
  recipe: string;
  because: string;
  from: NonNullable<Layer['from']>;
  weight: number;
  occurrences: Occurrence[];
}

/** One time at which a one-shot would sound. */
export interface Occurrence {
  atSeconds: number;
  /** 0: as long as the sound usually lasts. */
  durationSeconds: number;
  gainDb: number;
  pan: number;
  panTo: number;
  intensity: number;
  distance: number;
  /** True when the picture shows at this time what is heard, so it must not be moved. */
  isTied: boolean;
  /** The end of its scene: it is not heard after that. */
  sceneEndSeconds: number;
}
