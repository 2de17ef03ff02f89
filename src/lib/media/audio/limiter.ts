import { LIMITER_AHEAD, LIMITER_STEP, LimiterGain } from './limiter-gain.ts';
import { StereoQueue, type Stereo } from './stereo-queue.ts';
import { TRUE_PEAK_AFTER, truePeak } from './true-peak.ts';

/** Delay between input and output, frames. */
const DELAY = LIMITER_AHEAD * LIMITER_STEP;

/**
 * Keeps the true peak of a stereo stream below a ceiling, with the same gain for both channels. It looks 5 ms ahead;
 * the output of all calls together has the length of the input and is not shifted in time.
 */
export class Limiter {
  #ceiling: number;
  #gain: LimiterGain;
  #gainBefore = 1;
  #queue = new StereoQueue(DELAY);
  #taken = 0;
  /** Number of frames returned; negative during the initial silence of the queue. */
  #given = -DELAY;

  /** @param ceiling Maximum true peak of the output, 1 at full scale. */
  constructor(ceiling: number, sampleRate: number) {
    this.#ceiling = ceiling;
    this.#gain = new LimiterGain(ceiling, sampleRate);
  }

  /** Takes frames, multiplied by `gain`, and returns those that are ready: at first fewer, or none. */
  push(left: Float32Array, right: Float32Array, gain = 1): Stereo {
    this.#taken += left.length;
    this.#queue.append(left, right, gain);
    return this.#give();
  }

  /** Returns the remaining frames. */
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

  /** Measures the step `DELAY` frames after `from`, then limits the step at `from`. */
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
