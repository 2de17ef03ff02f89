import { gainOfDb } from '#lib/media/audio/decibels.ts';
import { Limiter } from '#lib/media/audio/limiter.ts';
import { LimitedLoudness } from '#lib/media/audio/limited-loudness.ts';
import { SAMPLE_RATE } from '#lib/media/audio/sample-rate.ts';
import { sumStrips, type MixPlan } from './mix-sum.ts';

/** Number of frames that are summed at a time: ten seconds. */
const CHUNK_FRAMES = 480_000;
/**
 * The limiter's ceiling is below the film's limit of -1 dBTP, since lossy encoding raises most peaks by a decibel.
 */
const CEILING = gainOfDb(-2.5);
/** Gain limit, so that a nearly silent mix does not become noise. */
const MAX_GAIN_DB = 30;
const CLOSE_ENOUGH_LU = 0.3;
const MAX_WRITES = 3;
/** Approximate share of the first pass in the work. */
const MEASURING_SHARE = 0.3;

/** Where a mix is written and measured. */
export interface MixTarget {
  write(left: Float32Array, right: Float32Array): void;
  /** Integrated loudness so far; null for silence. */
  readonly loudnessLufs: number | null;
}

/** A finished mix. */
export interface Mastered<Target> {
  target: Target;
  /** Gain before the limiter, dB. */
  gainDb: number;
}

/**
 * Writes a mix with the wanted loudness: the first pass measures the sum and predicts the gain, the second one writes
 * it with that gain and the limiter. If the loudness is off by more than 0.3 LU the gain is corrected and the mix is
 * written again, three times at most. Silence stays silence.
 * @param openTarget Opens a target for each writing pass. @param discard Discards one with a wrong loudness.
 */
export async function masterMix<Target extends MixTarget>(
  plan: MixPlan,
  targetLufs: number,
  openTarget: () => Promise<Target>,
  discard: (target: Target) => Promise<void>,
  onProgress: (fraction: number) => void,
): Promise<Mastered<Target>> {
  const forecast = new LimitedLoudness(CEILING, SAMPLE_RATE, plan.frames);
  await eachChunk(
    plan,
    (done) => onProgress(done * MEASURING_SHARE),
    (left, right) => forecast.add(left, right),
  );
  let aimLufs = targetLufs;
  for (let writes = 1; ; writes++) {
    const gainDb = forecast.gainFor(aimLufs, MAX_GAIN_DB);
    const target = await openTarget();
    try {
      await writePass(plan, gainDb, target, (done) =>
        onProgress(MEASURING_SHARE + done * (1 - MEASURING_SHARE)),
      );
    } catch (error) {
      await discard(target);
      throw error;
    }
    const missing = targetLufs - (target.loudnessLufs ?? targetLufs);
    aimLufs += missing;
    const isReached = Math.abs(missing) <= CLOSE_ENOUGH_LU;
    if (isReached || writes === MAX_WRITES || forecast.gainFor(aimLufs, MAX_GAIN_DB) === gainDb) {
      return { target, gainDb };
    }
    await discard(target);
  }
}

async function writePass(
  plan: MixPlan,
  gainDb: number,
  target: MixTarget,
  onProgress: (fraction: number) => void,
): Promise<void> {
  const limiter = new Limiter(CEILING, SAMPLE_RATE);
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
