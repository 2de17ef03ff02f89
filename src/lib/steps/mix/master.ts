import { gainOfDb } from '#lib/media/audio/decibels.ts';
import { Limiter } from '#lib/media/audio/limiter.ts';
import { LoudnessMeter } from '#lib/media/audio/loudness-meter.ts';
import { SAMPLE_RATE } from '#lib/media/audio/sample-rate.ts';
import { sumStrips, type MixPlan } from './mix-sum.ts';

/** Between passes this much is summed at once: ten seconds. */
const CHUNK_FRAMES = 480_000;
/** The limiter aims lower than the -1 dBTP that is promised: other meters read up to 0.2 dB more. */
const CEILING_DB = -1.2;
/** Near silence no gain makes a mix of noise. */
const LARGEST_GAIN_DB = 30;
const CLOSE_ENOUGH_LU = 0.3;
const MOST_WRITES = 3;

/** Where a mix is written, and measured on the way. */
export interface MixTarget {
  write(left: Float32Array, right: Float32Array): void;
  /** Integrated loudness of what was written so far; null for silence. */
  readonly loudnessLufs: number | null;
}

/** A mix that was written to its end. */
export interface Mastered<Target> {
  target: Target;
  /** Gain before the limiter, dB. */
  gainDb: number;
}

/**
 * Writes a mix at the wanted loudness: the first pass measures the sum, the next ones write it with gain and limiter
 * until the loudness is met within 0.3 LU, three times at most. Silence stays silence.
 * @param openTarget Opens a fresh target for every pass that writes. @param discard Takes one back that missed.
 */
export async function masterMix<Target extends MixTarget>(
  plan: MixPlan,
  targetLufs: number,
  openTarget: () => Promise<Target>,
  discard: (target: Target) => Promise<void>,
  onProgress: (fraction: number) => void,
): Promise<Mastered<Target>> {
  const passes = plan.strips.length === 0 ? 1 : 2;
  let loudness = passes === 1 ? null : await measureSum(plan, (done) => onProgress(done / passes));
  let gainDb = loudness === null ? 0 : rounded(Math.min(LARGEST_GAIN_DB, targetLufs - loudness));
  let gainBefore = 0;
  for (let writes = 1; ; writes++) {
    const target = await openTarget();
    try {
      await writePass(plan, gainDb, target, (done) => onProgress((passes - 1 + done) / passes));
    } catch (error) {
      await discard(target);
      throw error;
    }
    const reached = target.loudnessLufs;
    const next = correctedGain(targetLufs, gainDb, reached, gainBefore, loudness);
    if (next === null || writes === MOST_WRITES) return { target, gainDb };
    await discard(target);
    gainBefore = gainDb;
    loudness = reached;
    gainDb = next;
  }
}

/**
 * The gain for another pass, by the line through the last two: a limiter gives back less than it is given.
 * Null when the loudness is met, or no gain would change it.
 */
function correctedGain(
  targetLufs: number,
  gainDb: number,
  reached: number | null,
  gainBefore: number,
  reachedBefore: number | null,
): number | null {
  if (reached === null || reachedBefore === null) return null;
  const missing = targetLufs - reached;
  if (Math.abs(missing) <= CLOSE_ENOUGH_LU) return null;
  const change = gainDb - gainBefore;
  const slope = change === 0 ? 1 : Math.min(1, Math.max(0.2, (reached - reachedBefore) / change));
  const next = rounded(Math.min(LARGEST_GAIN_DB, gainDb + missing / slope));
  return next === gainDb ? null : next;
}

async function measureSum(plan: MixPlan, onProgress: (fraction: number) => void): Promise<number | null> {
  const meter = new LoudnessMeter(SAMPLE_RATE);
  await eachChunk(plan, onProgress, (left, right) => meter.add([left, right]));
  return meter.loudnessLufs;
}

async function writePass(
  plan: MixPlan,
  gainDb: number,
  target: MixTarget,
  onProgress: (fraction: number) => void,
): Promise<void> {
  const limiter = new Limiter(gainOfDb(CEILING_DB), SAMPLE_RATE);
  const gain = gainOfDb(gainDb);
  await eachChunk(plan, onProgress, (left, right) => {
    const limited = limiter.push(left, right, gain);
    target.write(limited.left, limited.right);
  });
  const rest = limiter.finish();
  target.write(rest.left, rest.right);
}

async function eachChunk(
  plan: MixPlan,
  onProgress: (fraction: number) => void,
  use: (left: Float32Array, right: Float32Array) => void,
): Promise<void> {
  const left = new Float32Array(Math.min(CHUNK_FRAMES, plan.frames));
  const right = new Float32Array(left.length);
  for (let start = 0; start < plan.frames; start += CHUNK_FRAMES) {
    const count = Math.min(CHUNK_FRAMES, plan.frames - start);
    await sumStrips(plan, start, left.subarray(0, count), right.subarray(0, count));
    use(left.subarray(0, count), right.subarray(0, count));
    onProgress((start + count) / plan.frames);
  }
}

/** Hundredths of a dB, so that the same stems give the same gain in every browser. */
function rounded(decibels: number): number {
  return Math.round(decibels * 100) / 100;
}
