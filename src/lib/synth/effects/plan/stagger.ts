import type { Layer } from '#lib/job/score.ts';

/** Layers that begin within this much of each other begin together. */
const TOGETHER_SECONDS = 0.12;
/** How long after the place the first thing is heard, and how long after that each other one. */
const FIRST_SECONDS = 0.35;
const NEXT_SECONDS = 0.45;
/** A layer waits for this share of its length at most. */
const MOST_WAIT = 0.2;
const FADE_SECONDS = 0.7;

/**
 * Lets the sounds of things enter one after the other where they would begin with the place or with each other, as ears
 * notice them: a switch that turns everything on at once is no scene.
 * @param base The layers that stay where they are, such as places.
 */
export function staggered(things: readonly Layer[], base: readonly Layer[]): Layer[] {
  const begun = base.map(({ startSeconds }) => startSeconds);
  return [...things]
    .sort((a, b) => a.startSeconds - b.startSeconds)
    .map((layer) => {
      const together = begun.filter((at) => Math.abs(at - layer.startSeconds) < TOGETHER_SECONDS).length;
      begun.push(layer.startSeconds);
      if (together === 0) return layer;
      const seconds = layer.endSeconds - layer.startSeconds;
      const wait = Math.min(FIRST_SECONDS + NEXT_SECONDS * (together - 1), MOST_WAIT * seconds);
      const fadeInSeconds = Math.min(Math.max(layer.fadeInSeconds ?? 0, FADE_SECONDS), (seconds - wait) / 2);
      return { ...layer, startSeconds: layer.startSeconds + wait, fadeInSeconds };
    });
}
