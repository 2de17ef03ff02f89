import { cosinePrecise, sinePrecise } from './maths.ts';

interface Twiddles {
  cos: Float64Array;
  sin: Float64Array;
}

const twiddles = new Map<number, Twiddles>();
const FINE = 256;

/**
 * The roots of unity of one size. A few are computed as sines, the others from two of those by the angle addition
 * formulas: otherwise the table of a large transform would cost more than the transform.
 */
function makeTwiddles(size: number): Twiddles {
  const half = size / 2;
  const cos = new Float64Array(half);
  const sin = new Float64Array(half);
  const fine = Array.from({ length: Math.min(FINE, half) }, (_, i): [number, number] => [
    cosinePrecise(i / size),
    sinePrecise(i / size),
  ]);
  for (let start = 0; start < half; start += FINE) {
    const c = cosinePrecise(start / size);
    const s = sinePrecise(start / size);
    fine.forEach(([fineCos, fineSin], i) => {
      cos[start + i] = c * fineCos - s * fineSin;
      sin[start + i] = s * fineCos + c * fineSin;
    });
  }
  return { cos, sin };
}

/**
 * Inverse fast Fourier transform (radix 2, Cooley and Tukey, 1965), in place, without the factor 1/N.
 * @throws TypeError when the size is not a power of two or the two arrays differ in size.
 */
export function inverseFft(real: Float64Array, imaginary: Float64Array): void {
  const n = real.length;
  if (n < 2 || (n & (n - 1)) !== 0 || imaginary.length !== n) {
    throw new TypeError(
      `Expected two arrays of the same size, a power of two, but got ${n} and ${imaginary.length}.`,
    );
  }
  let table = twiddles.get(n);
  if (!table) twiddles.set(n, (table = makeTwiddles(n)));
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      const r = real[i]!;
      real[i] = real[j]!;
      real[j] = r;
      const m = imaginary[i]!;
      imaginary[i] = imaginary[j]!;
      imaginary[j] = m;
    }
  }
  const { cos, sin } = table;
  for (let half = 1; half < n; half *= 2) {
    const stride = n / (2 * half);
    for (let start = 0; start < n; start += 2 * half) {
      for (let k = 0; k < half; k++) {
        const c = cos[k * stride]!;
        const s = sin[k * stride]!;
        const a = start + k;
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
