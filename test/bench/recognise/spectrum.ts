const windows = new Map<number, Float64Array>();

/** Power of the bins 0 … size/2 of a stretch of samples under a Hann window; the size is a power of two. */
export function powerSpectrum(samples: Float32Array, start: number, size: number): Float64Array {
  let hann = windows.get(size);
  if (!hann) {
    hann = Float64Array.from({ length: size }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / size));
    windows.set(size, hann);
  }
  const real = new Float64Array(size);
  const imaginary = new Float64Array(size);
  for (let i = 0; i < size; i++) real[i] = (samples[start + i] ?? 0) * hann[i]!;
  fourier(real, imaginary);
  return Float64Array.from({ length: size / 2 + 1 }, (_, k) => real[k]! ** 2 + imaginary[k]! ** 2);
}

/** Fourier transform in place (Cooley and Tukey, radix 2). */
function fourier(real: Float64Array, imaginary: Float64Array): void {
  const n = real.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      [real[i], real[j]] = [real[j]!, real[i]!];
      [imaginary[i], imaginary[j]] = [imaginary[j]!, imaginary[i]!];
    }
  }
  for (let half = 1; half < n; half *= 2) {
    for (let k = 0; k < half; k++) {
      const angle = (-Math.PI * k) / half;
      const c = Math.cos(angle);
      const s = Math.sin(angle);
      for (let a = k; a < n; a += 2 * half) {
        const b = a + half;
        const r = real[b]! * c - imaginary[b]! * s;
        const m = real[b]! * s + imaginary[b]! * c;
        real[b] = real[a]! - r;
        imaginary[b] = imaginary[a]! - m;
        real[a] = real[a]! + r;
        imaginary[a] = imaginary[a]! + m;
      }
    }
  }
}
