import { LIMITER_AHEAD, LIMITER_STEP, LimiterGain } from './limiter-gain.ts';
import { StereoQueue, type Stereo } from './stereo-queue.ts';
import { TRUE_PEAK_AFTER, truePeak } from './true-peak.ts';

/** Frames from a step that is output to the one that is analysed. */
const DELAY = LIMITER_AHEAD * LIMITER_STEP;

/**
 * A true-peak limiter for a stereo stream, with a look-ahead of 5 ms and the same gain for both channels. The output of
 * all calls together has the length of the input and no delay.
 */
export class Limiter {
  #ceiling: number;
  #gain: LimiterGain;
  #gainBefore = 1;
  #queue = new StereoQueue(DELAY);
  #taken = 0;
  /** Frames output so far; negative during the silence that the queue begins with. */
  #given = -DELAY;

  /** @param ceiling Largest true peak of the output, 1 at full scale. */
  constructor(ceiling: number, sampleRate: number) {
    this.#ceiling = ceiling;
    this.#gain = new LimiterGain(ceiling, sampleRate);
  }

  /** Adds input × `gain` and returns the output that is ready: at first less than the input, or none. */
  push(left: Float32Array, right: Float32Array, gain = 1): Stereo {
    this.#taken += left.length;
    this.#queue.append(left, right, gain);
    return this.#give();
  }

  /** Returns the rest of the output. */
  finish(): Stereo {
    const rest = this.#taken - Math.max(0, this.#given);
    const silence = new Float32Array(DELAY + LIMITER_STEP + TRUE_PEAK_AFTER);
    this.#queue.append(silence, silence);
    const { left, right } = this.#give();
    return { left: left.subarray(0, rest), right: right.subarray(0, rest) };
  }

  #give(): Stereo {
    const ready = this.#queue.filled - DELAY - TRUE_PEAK_AFTER;
    const frames = Math.max(0, Math.floor(ready / LIMITER_STEP)) * LIMITER_STEP;
    for (let from = 0; from < frames; from += LIMITER_STEP) this.#limitStep(from);
    const start = Math.min(frames, Math.max(0, -this.#given));
    const left = this.#queue.left.slice(start, frames);
    const right = this.#queue.right.slice(start, frames);
    this.#queue.drop(frames);
    this.#given += frames;
    return { left, right };
  }

  /** Analyses the step `DELAY` frames after `from`, then limits the step at `from`. */
  #limitStep(from: number): void {
    const { left, right } = this.#queue;
    const look = from + DELAY;
    const peak = truePeak(left, look, look + LIMITER_STEP, this.#ceiling);
    const other = truePeak(right, look, look + LIMITER_STEP, this.#ceiling);
    const before = this.#gainBefore;
    const gain = this.#gain.next(peak > other ? peak : other);
    this.#gainBefore = gain;
    if (before === 1 && gain === 1) return;
    const slope = (gain - before) / LIMITER_STEP;
    for (let index = 0; index < LIMITER_STEP; index++) {
      const g = before + slope * index;
      left[from + index]! *= g;
      right[from + index]! *= g;
    }
  }
}
