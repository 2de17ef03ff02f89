/**
 * One phase of an interpolation filter: `taps` weights (an even number) for the samples around a point `fraction`
 * (0 … 1) after sample `taps / 2 - 1`. A sinc with a Kaiser window; the weights sum to 1.
 * @param cutoff Bandwidth relative to the Nyquist frequency, up to 1.
 * @param beta Shape of the window: 5 attenuates by about 50 dB, 9 by about 90 dB.
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

/** Modified Bessel function of the first kind, order 0, by its power series. */
function bessel(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-12; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}
