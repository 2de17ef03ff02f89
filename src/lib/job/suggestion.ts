import type { Layer, SoundEvent } from './score.ts';

/** A sound that is offered for a scene and that is not in the score. */
export interface Suggestion {
  /** Tells it from the others of one film; the same for the same score and picture. */
  id: string;
  /** Span of its scene, seconds. */
  startSeconds: number;
  endSeconds: number;
  /** Quiet air that nobody asked for, something that may be seen, or a sound that is usual at the place. */
  reason: 'air' | 'unsure' | 'usual';
  /** What is seen or recognised: the name of a thing or of a place. */
  because: string;
  /** What is added when it is accepted: either a layer or an event. */
  layer: Layer | null;
  event: SoundEvent | null;
}

/** The name of the sound of a suggestion. */
export function recipeOf({ layer, event }: Suggestion): string {
  return (layer ?? event)?.recipe ?? '';
}

/** When the sound of a suggestion begins and ends, seconds. */
export function spanOf({ layer, event, startSeconds, endSeconds }: Suggestion): [number, number] {
  if (layer) return [layer.startSeconds, layer.endSeconds];
  return event ? [event.atSeconds, event.atSeconds + event.durationSeconds] : [startSeconds, endSeconds];
}
