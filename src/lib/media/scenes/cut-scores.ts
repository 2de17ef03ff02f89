/** What a network says about every picture of a film. Times are on the clock of the source, in seconds. */
export interface CutScores {
  /** Of each picture, ascending. */
  times: Float64Array;
  /** How likely the shot ends with this picture; of a gradual transition one picture in its middle is likely. 0 … 1. */
  cut: Float32Array;
  /** How likely the picture belongs to a transition, 0 … 1. */
  transition: Float32Array;
}

const LAYOUT_VERSION = 1;
const HEADER_BYTES = 8;
const PICTURE_BYTES = 16;

/** A blob holds no scores, or those of another version of the app. */
export class CutScoresError extends Error {
  override name = 'CutScoresError';
}

/** Writes scores as bytes, little-endian: uint32 version and number of pictures, float64 times, float32 `cut`, `transition`. */
export function packCutScores({ times, cut, transition }: CutScores): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(HEADER_BYTES + PICTURE_BYTES * times.length);
  new Uint32Array(bytes.buffer, 0, 2).set([LAYOUT_VERSION, times.length]);
  new Float64Array(bytes.buffer, HEADER_BYTES, times.length).set(times);
  const behind = HEADER_BYTES + 8 * times.length;
  new Float32Array(bytes.buffer, behind, 2 * times.length).set([...cut, ...transition]);
  return bytes;
}

/** @throws CutScoresError */
export function unpackCutScores(buffer: ArrayBuffer): CutScores {
  const [version, count = 0] = new Uint32Array(buffer, 0, buffer.byteLength >= HEADER_BYTES ? 2 : 0);
  if (version !== LAYOUT_VERSION || buffer.byteLength !== HEADER_BYTES + PICTURE_BYTES * count) {
    throw new CutScoresError(
      `Scores in layout ${LAYOUT_VERSION} were wanted; these are ${buffer.byteLength} bytes in layout ${version ?? 'none'}.`,
    );
  }
  const behind = HEADER_BYTES + 8 * count;
  return {
    times: new Float64Array(buffer, HEADER_BYTES, count),
    cut: new Float32Array(buffer, behind, count),
    transition: new Float32Array(buffer, behind + 4 * count, count),
  };
}
