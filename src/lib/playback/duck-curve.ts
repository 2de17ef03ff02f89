import type { duckUnder } from '#lib/media/audio/duck.ts';

/** A stretch of the sound that is scheduled: from where to where (seconds), when it begins on the audio clock, how fast. */
export interface Chunk {
  from: number;
  to: number;
  at: number;
  rate: number;
}

/** How far music and effects step back under the voice and the sound of the source, over time. */
export class DuckCurve {
  readonly #gains: Float32Array;
  readonly #stepSeconds: number;

  /** @param curve Linear gains; none for a sound that is not ducked. */
  constructor({ curve, stepSeconds }: ReturnType<typeof duckUnder>) {
    this.#gains = curve;
    this.#stepSeconds = stepSeconds;
  }

  /** The gain at a second of the sound, on the line between two points of the curve. */
  at(seconds: number): number {
    const at = Math.min(seconds / this.#stepSeconds, Math.max(0, this.#gains.length - 1));
    const before = this.#gains[Math.floor(at)] ?? 1;
    return before + ((this.#gains[Math.floor(at) + 1] ?? before) - before) * (at % 1);
  }

  /** Schedules the gains of a chunk, from a time of the clock on. */
  schedule(gain: AudioParam, { from, to, at, rate }: Chunk, since = at): void {
    const start = from + Math.max(0, since - at) * rate;
    const timeOf = (second: number) => Math.max(0, at + (second - from) / rate);
    gain.setValueAtTime(this.at(start), timeOf(start));
    for (let index = Math.floor(start / this.#stepSeconds) + 1; index * this.#stepSeconds < to; index++)
      gain.linearRampToValueAtTime(this.at(index * this.#stepSeconds), timeOf(index * this.#stepSeconds));
    gain.linearRampToValueAtTime(this.at(to), timeOf(to));
  }
}
