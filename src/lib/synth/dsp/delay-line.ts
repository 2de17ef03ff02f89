/** A delay line with fractional, variable delays, for delays longer than a block. */
export class DelayLine {
  readonly #ring: Float32Array;
  readonly #mask: number;
  #written = 0;

  constructor(maxFrames: number) {
    let size = 512;
    while (size < maxFrames + 512) size *= 2;
    this.#ring = new Float32Array(size);
    this.#mask = size - 1;
  }

  /** Appends input[from … to). */
  write(input: Float32Array, from = 0, to = input.length): void {
    const ring = this.#ring;
    const mask = this.#mask;
    let w = this.#written;
    for (let i = from; i < to; i++) ring[w++ & mask] = input[i]!;
    this.#written = w & 0x3fffffff;
  }

  /**
   * Adds gain × the signal delayed by `frames` to out[from … to), by linear interpolation. Called before `write` the
   * delay must be at least a block; called after it, add the length of the block to `frames`.
   * The delay may be fractional, and is ramped from `frames` to `framesTo`.
   */
  addTo(out: Float32Array, frames: number, gain: number, from = 0, to = out.length, framesTo = frames): void {
    const ring = this.#ring;
    const mask = this.#mask;
    const step = 1 - (framesTo - frames) / Math.max(1, to - from);
    let p = this.#written - frames;
    for (let i = from; i < to; i++) {
      const k = Math.floor(p);
      const a = ring[k & mask]!;
      out[i] = out[i]! + (a + (ring[(k + 1) & mask]! - a) * (p - k)) * gain;
      p += step;
    }
  }
}
