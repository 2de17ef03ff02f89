import type { Score } from '#lib/job/score.ts';
import type { StereoChunk } from './dsp/stereo-chunk.ts';
import { renderEffects } from './effects/render-effects.ts';
import { layerTrack } from './effects/layer-tracks.ts';
import { finishStem } from './finish-stem.ts';
import { seatedParts } from './music/part-tracks.ts';
import { renderMusic } from './music/render-music.ts';
import type { TrackShelf } from './tracks.ts';

export type { StereoChunk };

/**
 * Renders one stem of a score at 48 kHz as chunks of about half a second in arrays of their own, together exactly
 * `Math.round(durationSeconds * 48000)` frames, no sample beyond 0.89, faded out at the end.
 * The same score gives the same samples in every JavaScript engine.
 * @param shelf where tracks that were rendered before are found, and new ones kept; the samples are the same without.
 */
export function* renderStem(
  score: Score,
  stem: 'music' | 'effects',
  shelf?: TrackShelf,
): Generator<StereoChunk> {
  const isMusic = stem === 'music';
  const source = isMusic ? renderMusic(score, shelf) : renderEffects(score, shelf);
  yield* finishStem(source, score.durationSeconds, !isMusic);
}

/** The keys of the tracks that a stem is mixed from, as `renderStem` asks the shelf for them. */
export function trackKeys(score: Score, stem: 'music' | 'effects'): string[] {
  return stem === 'music'
    ? seatedParts(score).map(({ key }) => key)
    : score.layers.filter(({ isMuted }) => !isMuted).map((layer) => layerTrack(score, layer).key);
}
