import type { Score } from '#lib/job/score.ts';
import type { StereoChunk } from './dsp/blocks.ts';
import { renderEffects } from './effects/render-effects.ts';
import { placeLayer } from './effects/placed-layer.ts';
import { finishStem } from './finish-stem.ts';
import { audibleParts } from './music/audible-parts.ts';
import { levelJoins } from './music/level-joins.ts';
import { renderMusic } from './music/render-music.ts';
import type { RenderCache } from './render-cache.ts';

export type { StereoChunk };

/**
 * Renders one stem of a score at 48 kHz: chunks of about half a second in new arrays, in total exactly
 * `Math.round(durationSeconds * 48000)` frames, no sample beyond ±0.89, faded out at the end. The same score gives the
 * same samples in every JavaScript engine.
 * @param cache Where parts and layers rendered before are read, and new ones written; without it the samples are the
 *   same.
 */
export function* renderStem(
  score: Score,
  stem: 'music' | 'effects',
  cache?: RenderCache,
): Generator<StereoChunk> {
  if (stem === 'effects') yield* finishStem(renderEffects(score, cache), score.durationSeconds, true);
  else {
    const starts = score.music?.sections.slice(1).map(({ startSeconds }) => startSeconds) ?? [];
    yield* finishStem(levelJoins(renderMusic(score, cache), starts), score.durationSeconds);
  }
}

/** The cache keys of the parts or layers that a stem is mixed from, in the order in which `renderStem` uses them. */
export function cacheKeys(score: Score, stem: 'music' | 'effects'): string[] {
  return stem === 'music'
    ? audibleParts(score).map(({ key }) => key)
    : score.layers.filter(({ isMuted }) => !isMuted).map((layer) => placeLayer(score, layer).key);
}
