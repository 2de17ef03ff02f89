import { KWeightedEnergy } from '#lib/media/audio/k-weighted-energy.ts';
import { StereoQueue, type Stereo } from '#lib/media/audio/stereo-queue.ts';
import { scale, type StereoChunk } from '../dsp/blocks.ts';
import { clamp, decibelsToGain, lerp, log, smoothstep } from '../dsp/maths.ts';
import { SAMPLE_RATE } from '../dsp/sample-rate.ts';

/** Loudness is measured over this long before and after a join. */
const MEASURED_SECONDS = 0.4;
/** The gain comes before what is measured, and goes after it, over this long. */
const RAMP_SECONDS = 0.8;
/** From the gain before a join to the one after it: ends before the bar line, since played notes may be early. */
const TURN_SECONDS = 0.02;
const TURN_ENDS_SECONDS = 0.005;
/** A join that follows another one sooner than this is left as it is: what is measured would overlap. */
const LEAST_DISTANCE_SECONDS = 1.6;
/** Differences in loudness up to this one stay, LU. */
const FREE_LU = 2;
/** Largest gain before a join and after it, dB. */
const MOST_DB = 4;
/** The gain is linear over steps of this many frames. */
const STEP_FRAMES = 128;

/**
 * Reduces jumps in loudness where sections meet. What the 400 ms after a join are louder or quieter than those before it
 * (K-weighting of ITU-R BS.1770-4) by more than 2 LU is taken away in equal parts by a gain before the join and the
 * inverse gain after it, at most 4 dB each. It comes and goes over 0.8 s, so the middle of a section stays as it is.
 * About 1.6 s around a join wait until they are measured.
 * @param source Chunks whose lengths are multiples of 128 frames; their samples are changed.
 */
export function* levelJoins(
  source: Generator<StereoChunk>,
  joinsSeconds: readonly number[],
): Generator<StereoChunk> {
  const waiting = distinct(joinsSeconds).map((seconds) => Math.round(seconds * SAMPLE_RATE));
  let levelled: Join[] = [];
  const queue = new StereoQueue(0);
  /** The first frame in the queue. */
  let first = 0;
  for (const chunk of source) {
    const end = first + queue.filled + chunk.left.length;
    const begin = waiting.length > 0 ? beginOf(waiting[0]!) : Infinity;
    if (queue.filled > 0 || begin < end) queue.append(chunk.left, chunk.right);
    else {
      levelled = applyGains(chunk, first, levelled);
      first = end;
      yield chunk;
      continue;
    }
    while (waiting.length > 0 && waiting[0]! + frames(MEASURED_SECONDS) <= end) {
      const frame = waiting.shift()!;
      levelled.push({ frame, ...gainsAt(queue, frame - first) });
    }
    const ready = waiting.length > 0 ? Math.min(end, beginOf(waiting[0]!)) - first : queue.filled;
    if (ready <= 0) continue;
    const measured = { left: queue.left.slice(0, ready), right: queue.right.slice(0, ready) };
    levelled = applyGains(measured, first, levelled);
    queue.drop(ready);
    first += ready;
    yield measured;
  }
}

/** A join that is measured, with the gains around it in dB. */
interface Join {
  frame: number;
  beforeDb: number;
  afterDb: number;
}

function frames(seconds: number): number {
  return Math.round(seconds * SAMPLE_RATE);
}

function distinct(seconds: readonly number[]): number[] {
  const chosen: number[] = [];
  for (const at of [...seconds].sort((a, b) => a - b))
    if (at > 0 && at - (chosen.at(-1) ?? -Infinity) >= LEAST_DISTANCE_SECONDS) chosen.push(at);
  return chosen;
}

/** The first frame that the gain of a join changes, rounded down to a whole step. */
function beginOf(join: number): number {
  const frame = join - frames(MEASURED_SECONDS + RAMP_SECONDS);
  return Math.max(0, frame - (frame % STEP_FRAMES));
}

/** The gains for a join at a frame of a sound that begins before what is measured. */
function gainsAt({ left, right }: Stereo, at: number): Pick<Join, 'beforeDb' | 'afterDb'> {
  const length = frames(MEASURED_SECONDS);
  const energy = new KWeightedEnergy(SAMPLE_RATE, 2);
  const from = Math.max(0, at - length);
  // The filters settle over as much.
  energy.next([left, right], Math.max(0, from - length), from);
  const before = energy.next([left, right], from, at);
  const after = energy.next([left, right], at, at + length);
  // Sound that is not finite has no loudness.
  if (!(before > 0 && after > 0 && before + after < Infinity)) return { beforeDb: 0, afterDb: 0 };
  const jump = (10 / Math.LN10) * log(after / before);
  const excess = jump - clamp(jump, -FREE_LU, FREE_LU);
  const gain = clamp(excess / 2, -MOST_DB, MOST_DB);
  return { beforeDb: gain, afterDb: -gain };
}

/**
 * Applies the gains of joins to frames, of which the first is given; it is the begin of a step.
 * @returns The joins that change later frames, too.
 */
function applyGains({ left, right }: StereoChunk, first: number, joins: Join[]): Join[] {
  if (joins.length === 0) return joins;
  let gain = gainOf(joins, first);
  for (let from = 0; from < left.length; from += STEP_FRAMES) {
    const to = Math.min(left.length, from + STEP_FRAMES);
    const gainTo = gainOf(joins, first + to);
    if (gain !== 1 || gainTo !== 1) for (const side of [left, right]) scale(side, gain, from, to, gainTo);
    gain = gainTo;
  }
  return joins.filter(({ frame }) => frame + frames(MEASURED_SECONDS + RAMP_SECONDS) > first + left.length);
}

function gainOf(joins: readonly Join[], frame: number): number {
  return decibelsToGain(
    joins.reduce((sum, join) => sum + decibelsAt(join, (frame - join.frame) / SAMPLE_RATE), 0),
  );
}

/** @param seconds Time from the join. */
function decibelsAt({ beforeDb, afterDb }: Join, seconds: number): number {
  const before = beforeDb * smoothstep((seconds + MEASURED_SECONDS + RAMP_SECONDS) / RAMP_SECONDS);
  const after = afterDb * (1 - smoothstep((seconds - MEASURED_SECONDS) / RAMP_SECONDS));
  return lerp(before, after, smoothstep((seconds + TURN_SECONDS + TURN_ENDS_SECONDS) / TURN_SECONDS));
}
