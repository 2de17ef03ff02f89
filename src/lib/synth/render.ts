import type { Score } from '#lib/job/score.ts';
import type { StereoChunk } from './dsp/stereo-chunk.ts';
import { renderEffects } from './effects/render-effects.ts';
import { finishStem } from './finish-stem.ts';
import { renderMusic } from './music/render-music.ts';

export type { StereoChunk };

/**
 * Renders one stem of a score at 48 kHz as chunks of about half a second in arrays of their own, together exactly
 * `Math.round(durationSeconds * 48000)` frames, no sample beyond 0.89, faded out at the end.
 * The same score gives the same samples in every JavaScript engine.
 */
export function* renderStem(score: Score, stem: 'music' | 'effects'): Generator<StereoChunk> {
  const source = stem === 'music' ? renderMusic(score) : renderEffects(score);
  yield* finishStem(source, score.durationSeconds);
}
