import { BLOCKS, COLUMNS, ROWS, type PictureGrid } from './picture-grid.ts';

/** Points of the histogram along luma and each chroma. */
const LEVELS = 5;
const COLOURS = LEVELS ** 3;
const LAYOUT_COLUMNS = 16;
const LAYOUT_ROWS = 9;
const CELLS = LAYOUT_COLUMNS * LAYOUT_ROWS;

/** Numbers of a signature: a histogram of colours that sums to 1, then the mean luma of 16 × 9 cells, 0 … 1. */
export const SIGNATURE_LENGTH = COLOURS + CELLS;

/** Chroma between two points of the histogram; most pictures use only the middle. */
const CHROMA_STEP = 24;
/** Contrast (standard deviation of luma, 0 … 1) below which layouts can't be compared. */
const FAINT = 0.12;

/** Adds the signature of a picture to a sum. */
export function addSignature({ luma, blue, red }: PictureGrid, sum: Float32Array): void {
  const lumaStep = (LEVELS - 1) / 255;
  for (let at = 0; at < BLOCKS; at++) {
    addColour(sum, luma[at]! * lumaStep, chromaLevel(blue[at]!), chromaLevel(red[at]!));
    sum[CELL_OF[at]!]! += luma[at]! * LUMA_SHARE;
  }
}

const LUMA_SHARE = CELLS / BLOCKS / 255;

/** The place of the cell of each block in a signature. */
const CELL_OF = Uint16Array.from({ length: BLOCKS }, (_, at) => {
  const row = Math.floor((Math.floor(at / COLUMNS) * LAYOUT_ROWS) / ROWS);
  return COLOURS + row * LAYOUT_COLUMNS + Math.floor(((at % COLUMNS) * LAYOUT_COLUMNS) / COLUMNS);
});

function chromaLevel(chroma: number): number {
  const level = (LEVELS - 1) / 2 + (chroma - 128) / CHROMA_STEP;
  return level < 0 ? 0 : level > LEVELS - 1 ? LEVELS - 1 : level;
}

/** Spreads a block over the eight nearest points, so that a slight change of exposure stays slight. */
function addColour(sum: Float32Array, y: number, u: number, v: number): void {
  const y0 = Math.min(LEVELS - 2, y | 0);
  const u0 = Math.min(LEVELS - 2, u | 0);
  const v0 = Math.min(LEVELS - 2, v | 0);
  const fy = y - y0;
  const fu = u - u0;
  const fv = v - v0;
  const low = (1 - fy) / BLOCKS;
  const high = fy / BLOCKS;
  const at = (y0 * LEVELS + u0) * LEVELS + v0;
  for (let corner = 0; corner < 4; corner++) {
    const isRight = corner & 1;
    const isDown = corner >> 1;
    const weight = (isDown ? fu : 1 - fu) * (isRight ? fv : 1 - fv);
    const place = at + isDown * LEVELS + isRight;
    sum[place]! += low * weight;
    sum[place + LEVELS * LEVELS]! += high * weight;
  }
}

/** A signature as bytes: square roots of the shares of colours, then luma, each 0 … 255. */
export function packSignature(signature: ArrayLike<number>): Uint8Array {
  return Uint8Array.from(signature, (value, at) =>
    Math.round(255 * Math.min(1, at < COLOURS ? Math.sqrt(value) : value)),
  );
}

/** The mean of packed signatures from one index to before another; null when there is none. */
export function meanSignature(packed: Uint8Array, from: number, to: number): Float32Array | null {
  if (to <= from) return null;
  const mean = new Float32Array(SIGNATURE_LENGTH);
  for (let slot = from; slot < to; slot++) {
    for (let at = 0; at < SIGNATURE_LENGTH; at++) {
      const value = packed[slot * SIGNATURE_LENGTH + at]! / 255;
      mean[at]! += (at < COLOURS ? value * value : value) / (to - from);
    }
  }
  return mean;
}

/**
 * How different two signatures are, 0 … 1: the geometric mean of the distances of their colours (Hellinger) and of their
 * layouts (one minus the contrast and structure term of SSIM, Wang et al. 2004). A moving camera changes only the layout, a
 * change of light only the colours; entirely different colours count without a layout.
 */
export function signatureDistance(one: ArrayLike<number>, other: ArrayLike<number>): number {
  const colour = colourDistance(one, other);
  return Math.sqrt(colour * Math.max(layoutDistance(one, other), colour ** 2));
}

function colourDistance(one: ArrayLike<number>, other: ArrayLike<number>): number {
  let common = 0;
  for (let at = 0; at < COLOURS; at++) common += Math.sqrt(one[at]! * other[at]!);
  return Math.sqrt(Math.max(0, 1 - common));
}

function layoutDistance(one: ArrayLike<number>, other: ArrayLike<number>): number {
  let [sum, otherSum, squares, otherSquares, products] = [0, 0, 0, 0, 0];
  for (let at = COLOURS; at < SIGNATURE_LENGTH; at++) {
    const [a, b] = [one[at]!, other[at]!];
    sum += a;
    otherSum += b;
    squares += a * a;
    otherSquares += b * b;
    products += a * b;
  }
  const covariance = products / CELLS - (sum / CELLS) * (otherSum / CELLS);
  const variances = (squares + otherSquares) / CELLS - (sum / CELLS) ** 2 - (otherSum / CELLS) ** 2;
  return Math.min(1, Math.max(0, 1 - (2 * covariance + FAINT ** 2) / (variances + FAINT ** 2)));
}
