import type { Clip, ClipSource } from '#lib/job/entries/assemble.ts';
import type { Stem } from '#lib/job/entries/soundtrack.ts';
import type { Score } from '#lib/job/score.ts';
import { gainOfDb } from '#lib/media/audio/decibels.ts';
import { LoudnessMeter } from '#lib/media/audio/loudness-meter.ts';
import { SAMPLE_RATE } from '#lib/media/audio/sample-rate.ts';
import { StereoQueue, type Stereo } from '#lib/media/audio/stereo-queue.ts';
import { renderWindow } from '#lib/synth/render-window.ts';
import { varyRange } from '#lib/synth/vary-range.ts';
import { readStem } from '#lib/worker/stem-reader.ts';
import type { Place } from './clip-level.ts';
import type { ClipSound } from './clip-sound.ts';

/** So much is measured to bring a part to the loudness of what it replaces. */
const MEASURED_SECONDS = 20;
/** Smaller differences stay, LU. */
const FREE_LU = 1.5;
const MOST_DB = 8;

/** A part that the synthesiser plays anew. */
export interface AnewPart extends Place {
  track: 'music' | 'effects';
  source: Extract<ClipSource, { from: 'synth' }>;
  clip: Clip;
  /** What the track has there. */
  base: Stem | null;
}

/**
 * The sound of a part that is played anew, from the place where the clip begins. It has about the loudness of what it
 * replaces.
 */
export async function anewSound(score: Score, part: AnewPart): Promise<ClipSound> {
  const { track, start, end, source, clip, base } = part;
  const offset = Math.round(clip.offsetSeconds * SAMPLE_RATE);
  const [from, to] = [start - offset, end];
  const range = { startSeconds: Math.max(0, from / SAMPLE_RATE), endSeconds: to / SAMPLE_RATE };
  const chunks = renderWindow(varyRange(score, { ...range, track, ...source }), track, start, to);
  const queue = new StereoQueue(0);
  const fill = (frames: number) => {
    while (queue.filled < frames) {
      const next = chunks.next();
      const silence = new Float32Array(frames - queue.filled);
      if (next.done) queue.append(silence, silence);
      else queue.append(next.value.left, next.value.right);
    }
  };
  const measured = Math.min(end - start, MEASURED_SECONDS * SAMPLE_RATE);
  fill(measured);
  const gain = base ? gainOfDb(differenceDb(await readStem(base, start, measured), queue, measured)) : 1;
  return {
    frames: Infinity,
    read: (frames) => {
      fill(frames);
      const piece = new StereoQueue(0);
      piece.append(queue.left.subarray(0, frames), queue.right.subarray(0, frames), gain);
      queue.drop(frames);
      return Promise.resolve(piece);
    },
  };
}

/** How much louder the first sound is, less what may stay. */
function differenceDb(wanted: Stereo, present: Stereo, frames: number): number {
  const [one, other] = [loudnessOf(wanted, frames), loudnessOf(present, frames)];
  if (one === null || other === null) return 0;
  const difference = Math.min(MOST_DB, Math.max(-MOST_DB, one - other));
  return Math.abs(difference) <= FREE_LU ? 0 : difference;
}

function loudnessOf({ left, right }: Stereo, frames: number): number | null {
  const meter = new LoudnessMeter(SAMPLE_RATE);
  meter.add([left, right], 0, frames);
  return meter.loudnessLufs;
}
