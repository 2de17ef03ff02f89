import type { LengthOutput } from './entries/length.ts';
import type { Scene } from './entries/scenes.ts';

/** Scenes on the clock of the source, on which frames and objects are; in a document they count from the film's beginning. */
export function scenesInSource<S extends Pick<Scene, 'startSeconds' | 'endSeconds'>>(
  scenes: readonly S[],
  { startSeconds }: Pick<LengthOutput, 'startSeconds'>,
): S[] {
  return scenes.map((scene) => ({
    ...scene,
    startSeconds: scene.startSeconds + startSeconds,
    endSeconds: scene.endSeconds + startSeconds,
  }));
}
