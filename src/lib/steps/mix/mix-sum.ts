import { applyCurve } from '#lib/media/audio/duck.ts';
import { applyFades, type Fades } from '#lib/media/audio/fade.ts';
import { addPcm16 } from '#lib/media/audio/pcm16.ts';

/** One stem at the mixing desk. */
export interface Strip {
  /** Linear, not 0. */
  gain: number;
  frames: number;
  /** Linear gains at equal distances with straight lines between, or null: this stem is not ducked. */
  duck: Float32Array | null;
  /** Interleaved 16-bit stereo: `count` frames from frame `start`, all of them inside the stem. */
  read: (start: number, count: number) => Promise<Int16Array>;
}

/** What is summed up, and how it begins and ends. */
export interface MixPlan {
  strips: readonly Strip[];
  frames: number;
  fades: Fades;
  /** Frames from one entry of a duck curve to the next. */
  duckStepFrames: number;
}

/**
 * Sums the strips of a plan from frame `start` into `left` and `right`, whose length says how much is wanted. A stem
 * that is shorter than the mix is followed by silence.
 */
export async function sumStrips(
  plan: MixPlan,
  start: number,
  left: Float32Array,
  right: Float32Array,
): Promise<void> {
  left.fill(0);
  right.fill(0);
  const pieces = await Promise.all(
    plan.strips.map(({ read, frames }) =>
      read(Math.min(start, frames), Math.max(0, Math.min(left.length, frames - start))),
    ),
  );
  // Ducked strips first: their curve is laid on the sum while nothing else is in it.
  for (const [index, { gain, duck }] of plan.strips.entries()) {
    if (!duck) continue;
    addPcm16(pieces[index]!, gain, left, right);
    applyCurve(left, right, start, duck, plan.duckStepFrames);
  }
  for (const [index, { gain, duck }] of plan.strips.entries()) {
    if (!duck) addPcm16(pieces[index]!, gain, left, right);
  }
  applyFades(left, right, start, plan.frames, plan.fades);
}
