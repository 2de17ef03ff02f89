import { BLOCKS } from './picture-grid.ts';
import { SIGNATURE_LENGTH } from './picture-signature.ts';
import { UNREST_LENGTH } from './unrest.ts';

/** What is kept of each picture, one number each. */
export const SERIES = [
  /** Mean differences of hue, saturation and value from the picture before (see `hsvDifference`). */
  'hue',
  'saturation',
  'value',
  /** Mean luma, 0 … 1. */
  'brightness',
  /** Shift of the whole picture since the one before, as a fraction of its width and height, and its growth. */
  'shiftX',
  'shiftY',
  'zoom',
  /** Mean difference of luma from the picture before, and what is left of it after the shift, 0 … 255. */
  'difference',
  'residual',
  /** The same in the few places where it is the largest, and their centre, 0 … 1 from the top left. */
  'action',
  'actionX',
  'actionY',
] as const;
export type Series = (typeof SERIES)[number];

/** What was seen of a film. The times are on the clock of the source, in seconds. */
export interface Watched {
  /** Of each picture that was decoded, ascending. */
  times: Float64Array;
  series: Record<Series, Float32Array>;
  /** Middle of each slot: a tenth of a second or more, whose pictures share a signature. */
  slotTimes: Float64Array;
  /** Signatures of the slots, `SIGNATURE_LENGTH` bytes each: see `packSignature`. */
  signatures: Uint8Array;
  /** Middle of each stretch of a second. */
  unrestTimes: Float64Array;
  /** Unrest and reversal of the stretches, `UNREST_LENGTH` bytes each: see `UnrestMeter`. */
  unrest: Uint8Array;
  /** When a picture was kept as a whole, about five times a second. */
  lookTimes: Float64Array;
  /** Luma of the blocks of these pictures, `BLOCKS` bytes each. */
  looks: Uint8Array;
  /** Key frames that lie where the encoder had no reason but a cut. */
  keyCuts: Float64Array;
}

const LAYOUT_VERSION = 3;
/** An even number, so that the float64 times are aligned. */
const HEADER_NUMBERS = 6;

/** A blob has another layout than this version of the app reads. */
export class WatchedLayoutError extends Error {
  override name = 'WatchedLayoutError';
}

/**
 * Writes it as bytes, little-endian: a header of six uint32 (version of the layout, number of pictures, of slots, of key cuts,
 * of stretches, of looks), float64 times of all five, float32 series in the order of `SERIES`, signatures, unrest, looks.
 */
export function packWatched(watched: Watched): Uint8Array {
  const { times, series, slotTimes, signatures, unrestTimes, unrest, lookTimes, looks, keyCuts } = watched;
  const doubles = [times, slotTimes, keyCuts, unrestTimes, lookTimes];
  const header = Uint32Array.of(LAYOUT_VERSION, ...doubles.map(({ length }) => length));
  const numbers = SERIES.map((name) => series[name]);
  const parts = [header, ...doubles, ...numbers, signatures, unrest, looks];
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
    at += part.byteLength;
  }
  return bytes;
}

/** Reads what `packWatched` wrote. @throws WatchedLayoutError */
export function unpackWatched(buffer: ArrayBuffer): Watched {
  const [version, pictures = 0, slots = 0, keys = 0, stretches = 0, kept = 0] = new Uint32Array(
    buffer,
    0,
    Math.min(HEADER_NUMBERS, buffer.byteLength >> 2),
  );
  const bytes =
    4 * HEADER_NUMBERS +
    8 * (pictures + slots + keys + stretches + kept) +
    4 * SERIES.length * pictures +
    SIGNATURE_LENGTH * slots +
    UNREST_LENGTH * stretches +
    BLOCKS * kept;
  if (version !== LAYOUT_VERSION || bytes !== buffer.byteLength)
    throw new WatchedLayoutError(
      `Layout ${LAYOUT_VERSION} of what was watched was wanted; this has number ${version}, or was cut off.`,
    );
  let at = 4 * HEADER_NUMBERS;
  const doubles = (count: number) => new Float64Array(buffer, (at += 8 * count) - 8 * count, count);
  const floats = (count: number) => new Float32Array(buffer, (at += 4 * count) - 4 * count, count);
  const times = doubles(pictures);
  const slotTimes = doubles(slots);
  const keyCuts = doubles(keys);
  const unrestTimes = doubles(stretches);
  const lookTimes = doubles(kept);
  const series = Object.fromEntries(SERIES.map((name) => [name, floats(pictures)])) as Watched['series'];
  const bytesOf = (count: number) => new Uint8Array(buffer, (at += count) - count, count);
  const signatures = bytesOf(SIGNATURE_LENGTH * slots);
  const unrest = bytesOf(UNREST_LENGTH * stretches);
  const looks = bytesOf(BLOCKS * kept);
  return { times, series, slotTimes, signatures, unrestTimes, unrest, lookTimes, looks, keyCuts };
}

/** PySceneDetect's content score of each picture: the mean of the differences of hue, saturation and value. */
export function contentScores({ series: { hue, saturation, value } }: Watched): Float32Array {
  return hue.map((difference, at) => (difference + saturation[at]! + value[at]!) / 3);
}
