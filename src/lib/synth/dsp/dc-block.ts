/** Takes the constant part away: a one-pole highpass near 7 Hz. */
export class DcBlock {
  #x = 0;
  #y = 0;

  /** In place. */
  process(out: Float32Array, from = 0, to = out.length): void {
    let x = this.#x;
    let y = this.#y;
    for (let i = from; i < to; i++) {
      const now = out[i]!;
      y = now - x + 0.9991 * y + 1e-18;
      x = now;
      out[i] = y;
    }
    this.#x = x;
    this.#y = y;
  }
}
