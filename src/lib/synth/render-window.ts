import type { Score } from '#lib/job/score.ts';
import type { StereoChunk } from './dsp/blocks.ts';
import { BLOCK_FRAMES, SAMPLE_RATE } from './dsp/sample-rate.ts';
import { renderEffects } from './effects/render-effects.ts';
import { finishStem } from './finish-stem.ts';
import { barsOf } from './music/bar.ts';
import { levelJoins } from './music/level-joins.ts';
import { renderMusic } from './music/render-music.ts';

/** A stem begins at least so long before a window, so that reverbs and ambiences are there. */
const LEAD_SECONDS = { music: 0.4, effects: 1 } as const;
/** Music begins with a bar, but not earlier than this. */
const LONGEST_LEAD_SECONDS = 4;

/**
 * Renders a window of one stem at 48 kHz, without what is before it: chunks in new arrays, from frame `start` to frame `end`.
 * The sound is like that of `renderStem`, but not equal, since ambiences and music begin a little before the window.
 */
export function* renderWindow(
  score: Score,
  stem: 'music' | 'effects',
  start: number,
  end: number,
): Generator<StereoChunk> {
  const from = leadIn(score, stem, start / SAMPLE_RATE);
  let at = from;
  for (const { left, right } of renderFrom(score, stem, from)) {
    const first = Math.max(0, start - at);
    const last = Math.min(left.length, end - at);
    if (last > first) yield { left: left.slice(first, last), right: right.slice(first, last) };
    at += left.length;
    if (at >= end) return;
  }
}

function renderFrom(score: Score, stem: 'music' | 'effects', from: number): Generator<StereoChunk> {
  const { durationSeconds, music } = score;
  if (stem === 'effects')
    return finishStem(renderEffects(score, undefined, from), durationSeconds, true, from);
  const joins = music?.sections.slice(1).map(({ startSeconds }) => startSeconds - from / SAMPLE_RATE) ?? [];
  return finishStem(levelJoins(renderMusic(score, undefined, from), joins), durationSeconds, false, from);
}

/** The frame with which the rendering of a window begins. */
function leadIn({ music }: Score, stem: 'music' | 'effects', seconds: number): number {
  const latest = seconds - LEAD_SECONDS[stem];
  const bar =
    stem === 'music' && music
      ? barsOf(music).findLast(({ startSeconds }) => startSeconds <= latest)
      : undefined;
  const wanted = Math.max(bar?.startSeconds ?? latest, seconds - LONGEST_LEAD_SECONDS);
  return Math.max(0, Math.floor((wanted * SAMPLE_RATE) / BLOCK_FRAMES) * BLOCK_FRAMES);
}
