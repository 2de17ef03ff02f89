import { gainOfDb } from '#lib/media/audio/decibels.ts';
import { LoudnessMeter } from '#lib/media/audio/loudness-meter.ts';
import { Pcm16Encoder } from '#lib/media/audio/pcm16.ts';
import { SAMPLE_RATE } from '#lib/media/audio/sample-rate.ts';
import { StereoQueue } from '#lib/media/audio/stereo-queue.ts';

/** How much is measured before the gain is set. */
const PROBE_FRAMES = 3 * SAMPLE_RATE;
const MAX_GAIN_DB = 18;

/** Brings sound near a loudness while it arrives, with one gain that the first three seconds determine. */
export class ArrivingLevel {
  #lufs: number;
  #meter = new LoudnessMeter(SAMPLE_RATE);
  #waiting = new StereoQueue(0);
  #gain: number | null = null;
  #encoder = new Pcm16Encoder();

  /** @param lufs The target loudness. */
  constructor(lufs: number) {
    this.#lufs = lufs;
  }

  /** Takes 48 kHz stereo and returns it as interleaved 16-bit samples; null until the gain is set. */
  push(left: Float32Array, right: Float32Array): Int16Array<ArrayBuffer> | null {
    this.#waiting.append(left, right);
    if (this.#gain === null) {
      this.#meter.add([left, right]);
      if (this.#waiting.filled < PROBE_FRAMES) return null;
      this.#gain = gainOfDb(Math.min(MAX_GAIN_DB, this.#lufs - (this.#meter.loudnessLufs ?? this.#lufs)));
    }
    const { filled } = this.#waiting;
    for (let index = 0; index < filled; index++) {
      this.#waiting.left[index]! *= this.#gain;
      this.#waiting.right[index]! *= this.#gain;
    }
    const pcm = new Int16Array(2 * filled);
    this.#encoder.encode(this.#waiting.left, this.#waiting.right, 0, filled, pcm);
    this.#waiting.drop(filled);
    return pcm;
  }
}
