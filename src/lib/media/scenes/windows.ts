import { meanSignature } from '../watch/picture-signature.ts';
import type { Watched } from '../watch/watched.ts';

/** The index of the first time that is not before `atSeconds`. @param times Ascending. */
export function firstFrom(times: ArrayLike<number>, atSeconds: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! < atSeconds) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The mean signature of a span of time, seconds; null when nothing was seen in it. */
export function signatureOf(
  { slotTimes, signatures }: Pick<Watched, 'slotTimes' | 'signatures'>,
  from: number,
  to: number,
): Float32Array | null {
  return meanSignature(signatures, firstFrom(slotTimes, from), firstFrom(slotTimes, to));
}
