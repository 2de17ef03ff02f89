import type { RequestScene } from '#lib/job/score.ts';
import { MAX_SEGMENTS, type Segment } from '#lib/protocol/job-request.ts';

/** Shorter ones join the segment before them, seconds. */
const SHORTEST_SEGMENT_SECONDS = 0.5;
/** Over which prompts take over at a hard cut, seconds: music that changes at once sounds broken. */
const CUT_FADE_SECONDS = 1;
const MAX_FADE_SECONDS = 10;

type Prompts = { music: string; effects: string };
type Piece = Prompts & { startSeconds: number; fadeSeconds: number };

/**
 * The segments of a sound: scenes with prompts of their own, neighbours with equal prompts joined. Undefined when one
 * prompt is enough.
 * @param whole The prompts of the whole sound, for scenes without their own; an empty one is not asked for.
 * @param seconds Length of the sound; the last segment ends there.
 */
export function segmentsOf(
  scenes: readonly RequestScene[],
  whole: Prompts,
  seconds: number,
): Segment[] | undefined {
  let pieces: Piece[] = scenes
    .filter(({ startSeconds }) => startSeconds < seconds - SHORTEST_SEGMENT_SECONDS)
    .map(({ startSeconds, fadeSeconds, prompts }) => ({
      startSeconds,
      fadeSeconds,
      music: whole.music && (prompts?.music || whole.music),
      effects: whole.effects && (prompts?.effects || whole.effects),
    }));
  pieces = withoutRepeats(pieces);
  const length = (index: number) =>
    (pieces[index + 1]?.startSeconds ?? seconds) - pieces[index]!.startSeconds;
  for (;;) {
    const shortest = pieces.map((_, index) => index).sort((a, b) => length(a) - length(b))[0] ?? 0;
    if (pieces.length <= 1) return undefined;
    if (pieces.length <= MAX_SEGMENTS && length(shortest) >= SHORTEST_SEGMENT_SECONDS) break;
    pieces = withoutRepeats(pieces.toSpliced(shortest || 1, 1));
  }
  return pieces.map(({ music, effects, fadeSeconds }, index) => ({
    seconds: Math.round((length(index) + (index === 0 ? pieces[0]!.startSeconds : 0)) * 1000) / 1000,
    ...(music && { music }),
    ...(effects && { effects }),
    fadeSeconds: index === 0 ? 0 : Math.min(MAX_FADE_SECONDS, Math.max(CUT_FADE_SECONDS, fadeSeconds)),
  }));
}

/** Neighbours with equal prompts as one. */
function withoutRepeats(pieces: readonly Piece[]): Piece[] {
  return pieces.filter(({ music, effects }, index) => {
    const before = pieces[index - 1];
    return before?.music !== music || before.effects !== effects;
  });
}
