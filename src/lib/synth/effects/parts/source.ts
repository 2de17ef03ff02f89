import { addPair } from '../../dsp/blocks.ts';
import { panGains } from '../../dsp/maths.ts';
import { BLOCK_FRAMES, SAMPLE_RATE } from '../../dsp/sample-rate.ts';

/**
 * Adds its sound to left[from … to) and right[from … to), at most 256 frames, and says whether more will come.
 * Every effect is one of these, so they nest.
 */
export type Source = (left: Float32Array, right: Float32Array, from: number, to: number) => boolean;

/** An empty block to draw in. */
export function emptyBlock(): Float32Array {
  return new Float32Array(BLOCK_FRAMES);
}

/** Several sources heard at once; it ends with the last of them. */
export function together(sources: readonly Source[]): Source {
  let live = [...sources];
  return (left, right, from, to) => {
    live = live.filter((source) => source(left, right, from, to));
    return live.length > 0;
  };
}

/** Draws out[from … to), which comes zeroed; `seconds` is the age of the sound. False ends it. */
export type MonoDraw = (out: Float32Array, from: number, to: number, seconds: number) => boolean;

/** A mono drawing placed in the stereo field. */
export function mono(draw: MonoDraw, pan = 0, gain = 1): Source {
  const block = emptyBlock();
  const [left, right] = panGains(pan);
  let frames = 0;
  return (outLeft, outRight, from, to) => {
    block.fill(0, from, to);
    const goesOn = draw(block, from, to, frames / SAMPLE_RATE);
    frames += to - from;
    addPair(outLeft, outRight, block, block, left * gain, right * gain, from, to);
    return goesOn;
  };
}

/**
 * A source under a level curve, `levelAt(seconds)`, that ends after the given time.
 * The level is drawn as straight lines from block to block.
 */
export function shaped(source: Source, seconds: number, levelAt: (seconds: number) => number): Source {
  const left = emptyBlock();
  const right = emptyBlock();
  let frames = 0;
  let level = levelAt(0);
  return (outLeft, outRight, from, to) => {
    left.fill(0, from, to);
    right.fill(0, from, to);
    const goesOn = source(left, right, from, to);
    frames += to - from;
    const next = levelAt(frames / SAMPLE_RATE);
    addPair(outLeft, outRight, left, right, level, level, from, to, next, next);
    level = next;
    return goesOn && frames < seconds * SAMPLE_RATE;
  };
}

/** A source that starts later. */
export function delayed(seconds: number, source: Source): Source {
  let wait = Math.round(seconds * SAMPLE_RATE);
  return (left, right, from, to) => {
    const start = from + Math.min(wait, to - from);
    wait -= start - from;
    return start < to ? source(left, right, start, to) : true;
  };
}

/** A source at another level. */
export function scaled(source: Source, gain: number): Source {
  return shaped(source, Infinity, () => gain);
}

/** A source moved towards one side, -1 … 1, for mono sounds inside a stereo ambience. */
export function panned(source: Source, pan: number, gain = 1): Source {
  const left = emptyBlock();
  const right = emptyBlock();
  const [l, r] = panGains(pan);
  return (outLeft, outRight, from, to) => {
    left.fill(0, from, to);
    right.fill(0, from, to);
    const goesOn = source(left, right, from, to);
    addPair(outLeft, outRight, left, right, l * 1.414 * gain, r * 1.414 * gain, from, to);
    return goesOn;
  };
}
