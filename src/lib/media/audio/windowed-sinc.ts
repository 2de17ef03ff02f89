/**
 * One phase of an interpolation filter: a sinc with a Kaiser window, normalised to a sum of 1, for the samples around a
 * point `fraction` (0 … 1) after sample `taps / 2 - 1`.
 * @param taps Number of weights, even.
 * @param cutoff Cut-off as a share of the Nyquist frequency of the samples, up to 1.
 * @param beta Shape of the window: stopband attenuation of about 50 dB at 5, 90 dB at 9.
 */
export function windowedSinc(taps: number, fraction: number, cutoff: number, beta: number): Float64Array {
  const weights = new Float64Array(taps);
  const half = taps / 2;
  let sum = 0;
  for (let index = 0; index < taps; index++) {
    const distance = index - (half - 1) - fraction;
    const angle = Math.PI * distance * cutoff;
    const sinc = angle === 0 ? 1 : Math.sin(angle) / angle;
    const reach = distance / half;
    const weight = sinc * bessel(beta * Math.sqrt(Math.max(0, 1 - reach * reach)));
    weights[index] = weight;
    sum += weight;
  }
  for (let index = 0; index < taps; index++) weights[index]! /= sum;
  return weights;
}

/** Modified Bessel function of the first kind of order 0, by its power series. */
function bessel(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-12; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}
