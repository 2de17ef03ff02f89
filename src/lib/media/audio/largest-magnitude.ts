/** The largest magnitude among the samples `from` (included) to `to` (not included). */
export function largestMagnitude(samples: Float32Array, from: number, to: number): number {
  let largest = 0;
  for (let index = from; index < to; index++) {
    const magnitude = Math.abs(samples[index]!);
    if (magnitude > largest) largest = magnitude;
  }
  return largest;
}
