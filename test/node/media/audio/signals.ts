/** A sine of a peak level in dBFS. */
export function sine(
  hertz: number,
  levelDb: number,
  seconds: number,
  sampleRate = 48_000,
  phase = 0,
): Float32Array {
  const amplitude = 10 ** (levelDb / 20);
  return Float32Array.from(
    { length: Math.round(seconds * sampleRate) },
    (_, index) => amplitude * Math.sin((2 * Math.PI * hertz * index) / sampleRate + phase),
  );
}

/** White noise between -peak and peak that is the same in every run. */
export function noise(peak: number, frames: number, seed = 1): Float32Array {
  let state = seed;
  return Float32Array.from({ length: frames }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return peak * (state / 2 ** 31 - 1);
  });
}

/** One piece after the other. */
export function joined(...pieces: Float32Array[]): Float32Array {
  const all = new Float32Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/** The same in pieces of varying, odd lengths. */
export function* pieces(samples: Float32Array): Generator<Float32Array> {
  const lengths = [1, 777, 4800, 31, 12_345, 64];
  for (let at = 0, turn = 0; at < samples.length; turn++) {
    const piece = samples.subarray(at, at + lengths[turn % lengths.length]!);
    yield piece;
    at += piece.length;
  }
}

/** The largest difference between two signals of equal length. */
export function largestDifference(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return Infinity;
  return a.reduce((largest, sample, index) => Math.max(largest, Math.abs(sample - b[index]!)), 0);
}
