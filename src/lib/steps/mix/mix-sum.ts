import { applyCurve } from '#lib/media/audio/duck.ts';
import { applyFades, type Fades } from '#lib/media/audio/fade.ts';
import { addPcm16 } from '#lib/media/audio/pcm16.ts';

/** One stem in the mixer. */
export interface ChannelStrip {
  /** Linear, not 0. */
  gain: number;
  frames: number;
  /**
   * Linear gains at equal distances with straight lines in between, the same for all stems that are ducked; null for one
   * that is not.
   */
  duck: Float32Array | null;
  /** Reads interleaved 16-bit stereo: `count` frames from frame `start`, all of them inside the stem. */
  read: (start: number, count: number) => Promise<Int16Array>;
}

/** The channels of a mix, and its fades. */
export interface MixPlan {
  strips: readonly ChannelStrip[];
  frames: number;
  fades: Fades;
  /** Number of frames between entries of a duck curve. */
  duckStepFrames: number;
}

/**
 * Sums the channels of a plan from frame `start` into `left` and `right`, whose length is the number of frames. A stem
 * that is shorter than the mix is padded with silence.
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
  // Ducked channels first: they share one curve, which is applied to their sum before anything else is added.
  for (const [index, { gain, duck }] of plan.strips.entries()) {
    if (duck) addPcm16(pieces[index]!, gain, left, right);
  }
  const duck = plan.strips.find((strip) => strip.duck)?.duck;
  if (duck) applyCurve(left, right, start, duck, plan.duckStepFrames);
  for (const [index, { gain, duck }] of plan.strips.entries()) {
    if (!duck) addPcm16(pieces[index]!, gain, left, right);
  }
  applyFades(left, right, start, plan.frames, plan.fades);
}
