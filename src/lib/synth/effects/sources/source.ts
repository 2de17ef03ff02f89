import { addStereo, newBlock } from '../../dsp/blocks.ts';
import { panGains } from '../../dsp/maths.ts';
import type { Random } from '../../dsp/random.ts';
import { BLOCK_FRAMES, SAMPLE_RATE } from '../../dsp/sample-rate.ts';

/**
 * Renders a sound: adds its next frames to left[from … to) and right[from … to), at most 256, and returns whether there
 * are more. All sound effects are sources, so they can be combined.
 */
export type Source = (left: Float32Array, right: Float32Array, from: number, to: number) => boolean;

/** The sum of several sources; it ends with the last of them. */
export function mix(sources: readonly Source[]): Source {
  let live = [...sources];
  return (left, right, from, to) => {
    live = live.filter((source) => source(left, right, from, to));
    return live.length > 0;
  };
}

/** Renders out[from … to), which is zeroed before; `seconds` is the time since its start. False ends the sound. */
export type MonoSource = (out: Float32Array, from: number, to: number, seconds: number) => boolean;

/** A stereo source from a mono one. @param pan -1 left … 1 right. @param gain Linear. */
export function mono(render: MonoSource, pan = 0, gain = 1): Source {
  const block = newBlock();
  const [left, right] = panGains(pan);
  let frames = 0;
  return (outLeft, outRight, from, to) => {
    block.fill(0, from, to);
    const hasMore = render(block, from, to, frames / SAMPLE_RATE);
    frames += to - from;
    addStereo(outLeft, outRight, block, block, left * gain, right * gain, from, to);
    return hasMore;
  };
}

/**
 * Applies an amplitude envelope to a source and ends it after a time. The level is interpolated linearly over each
 * block.
 * @param levelAt The linear level at a time in seconds.
 */
export function shaped(source: Source, seconds: number, levelAt: (seconds: number) => number): Source {
  const left = newBlock();
  const right = newBlock();
  let frames = 0;
  let level = levelAt(0);
  return (outLeft, outRight, from, to) => {
    left.fill(0, from, to);
    right.fill(0, from, to);
    const hasMore = source(left, right, from, to);
    frames += to - from;
    const next = levelAt(frames / SAMPLE_RATE);
    addStereo(outLeft, outRight, left, right, level, level, from, to, next, next);
    level = next;
    return hasMore && frames < seconds * SAMPLE_RATE;
  };
}

/**
 * An endless source that triggers single sounds. `pauseSeconds` gives the time until the next one begins (asked again
 * after each), `make` creates it; both get its index, counted from 0. The first begins after the first pause.
 */
export function sequence(
  random: Random,
  pauseSeconds: (random: Random, index: number) => number,
  make: (random: Random, index: number) => Source,
): Source {
  let live: Source[] = [];
  let index = 0;
  let wait = Math.round(pauseSeconds(random, 0) * SAMPLE_RATE);
  return (left, right, from, to) => {
    live = live.filter((source) => source(left, right, from, to));
    let at = from + wait;
    while (at < to) {
      const source = make(random.fork(index), index);
      if (source(left, right, at, to)) live.push(source);
      index++;
      at += Math.max(1, Math.round(pauseSeconds(random, index) * SAMPLE_RATE));
    }
    wait = at - to;
    return true;
  };
}

/**
 * A given number of sounds one after another. `make` creates each, `pauseSeconds` gives the time from its start to that
 * of the next; both get a random stream of the sound and its index.
 */
export function series(
  random: Random,
  count: number,
  make: (random: Random, index: number) => Source,
  pauseSeconds: (random: Random, index: number) => number,
): Source {
  let at = 0;
  return mix(
    Array.from({ length: count }, (_, index) => {
      const own = random.fork(index);
      const source = delayed(at, make(own, index));
      at += pauseSeconds(own, index);
      return source;
    }),
  );
}

/** A source without its first frames. */
export function withoutStart(source: Source, frames: number): Source {
  let left = frames;
  let hasMore = true;
  return (outLeft, outRight, from, to) => {
    for (; left > 0 && hasMore; left -= BLOCK_FRAMES)
      hasMore = source(newBlock(), newBlock(), 0, Math.min(left, BLOCK_FRAMES));
    left = 0;
    return hasMore && source(outLeft, outRight, from, to);
  };
}

/** A source that starts after a delay. */
export function delayed(seconds: number, source: Source): Source {
  let wait = Math.round(seconds * SAMPLE_RATE);
  return (left, right, from, to) => {
    const start = from + Math.min(wait, to - from);
    wait -= start - from;
    return start < to ? source(left, right, start, to) : true;
  };
}

/** A source at another level. @param gain Linear. */
export function scaled(source: Source, gain: number): Source {
  return shaped(source, Infinity, () => gain);
}

/** Pans a mono-compatible source, for sounds inside a stereo ambience. @param pan -1 left … 1 right. */
export function panned(source: Source, pan: number, gain = 1): Source {
  const left = newBlock();
  const right = newBlock();
  const [l, r] = panGains(pan);
  return (outLeft, outRight, from, to) => {
    left.fill(0, from, to);
    right.fill(0, from, to);
    const hasMore = source(left, right, from, to);
    addStereo(outLeft, outRight, left, right, l * 1.414 * gain, r * 1.414 * gain, from, to);
    return hasMore;
  };
}
