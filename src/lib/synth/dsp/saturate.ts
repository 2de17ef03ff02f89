/** Soft clipping in place: tanh(drive × x) / drive (the rational `tanh`), so that low levels pass unchanged. */
export function saturate(out: Float32Array, drive: number, from = 0, to = out.length): void {
  const back = 1 / drive;
  for (let i = from; i < to; i++) {
    let x = out[i]! * drive;
    if (x > 3) x = 1;
    else if (x < -3) x = -1;
    else {
      const q = x * x;
      x = (x * (27 + q)) / (27 + 9 * q);
    }
    out[i] = x * back;
  }
}
