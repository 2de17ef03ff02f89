/**
 * The exact 1-medoid: the candidate with the smallest sum of Euclidean distances to all candidates, the first one of
 * several. O(n²) in the number of latents, which is at most a few dozen.
 * @param candidates Indices of the latents that count; at least one.
 * @returns Its index, and for every latent, candidate or not, the sum of its distances to the candidates.
 * @throws TypeError without candidates, or when the lengths of the latents differ.
 */
export function medoid(
  latents: readonly Float32Array[],
  candidates: readonly number[] = latents.map((_, i) => i),
): { index: number; distances: number[] } {
  const [first] = candidates;
  if (first === undefined) throw new TypeError('A medoid was wanted of at least one latent; there is none.');
  const sums = latents.map((latent) =>
    candidates.reduce((sum, candidate) => sum + distance(latent, latents[candidate]!), 0),
  );
  const index = candidates.reduce(
    (best, candidate) =>
      sums[candidate]! < sums[best]! || (sums[candidate] === sums[best] && candidate < best)
        ? candidate
        : best,
    first,
  );
  return { index, distances: sums };
}

function distance(one: Float32Array, other: Float32Array): number {
  if (one.length !== other.length) {
    throw new TypeError(
      `Latents of one length were wanted; these have ${one.length} and ${other.length} numbers.`,
    );
  }
  let squares = 0;
  for (let i = 0; i < one.length; i++) squares += (one[i]! - other[i]!) ** 2;
  return Math.sqrt(squares);
}
