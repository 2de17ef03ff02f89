/** Removes DC from a stereo signal: a first-order highpass at 7 Hz. */
export class DcBlocker {
  #xLeft = 0;
  #xRight = 0;
  #yLeft = 0;
  #yRight = 0;

  /** In place. */
  process(left: Float32Array, right: Float32Array): void {
    let xl = this.#xLeft;
    let xr = this.#xRight;
    let yl = this.#yLeft + 1e-18;
    let yr = this.#yRight + 1e-18;
    for (let i = 0; i < left.length; i++) {
      const l = left[i]!;
      const r = right[i]!;
      yl = 0.9991 * yl + (l - xl);
      yr = 0.9991 * yr + (r - xr);
      xl = l;
      xr = r;
      left[i] = yl;
      right[i] = yr;
    }
    this.#xLeft = xl;
    this.#xRight = xr;
    this.#yLeft = yl;
    this.#yRight = yr;
  }
}
