/** The largest magnitude of the samples [from … to). */
export function largestMagnitude(samples: Float32Array, from: number, to: number): number {
  let largest = 0;
  for (let index = from; index < to; index++) {
    const magnitude = Math.abs(samples[index]!);
    if (magnitude > largest) largest = magnitude;
  }
  return largest;
}
