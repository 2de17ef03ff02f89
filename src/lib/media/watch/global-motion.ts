import { BLOCKS, COLUMNS, ROWS } from './picture-grid.ts';

/** How the whole picture moves from one to the next, and what moves besides. */
export interface Motion {
  /** Shift of the whole picture to the right and down, as a fraction of its width and height. */
  shiftX: number;
  shiftY: number;
  /** Growth of the whole picture around its centre: 0.01 is a zoom in by 1 %. */
  zoom: number;
  /** Mean absolute difference of luma before and after the shift and the zoom are taken out, 0 … 255. */
  difference: number;
  residual: number;
}

/** Largest shift that is searched for, in blocks of the coarse grid (2 × 2 blocks). */
const REACH_X = 5;
const REACH_Y = 3;
/** Difference of luma below which nothing has moved by a whole block. */
const STILL = 0.5;
const COARSE_COLUMNS = COLUMNS / 2;
const COARSE_ROWS = ROWS / 2;

/**
 * Measures the motion between two grids of luma: a search for the best shift (coarse, then fine), then one step of
 * Lucas and Kanade 1981 for the fraction of a block and the zoom.
 * @param left Filled with the signed difference that is left in each block.
 */
export function globalMotion(before: Uint8Array, now: Uint8Array, left: Float32Array): Motion {
  const difference = meanDifference(before, now, 0, 0, COLUMNS, ROWS, Infinity);
  const [x, y] = difference < STILL ? [0, 0] : wholeShift(before, now);
  const { dx, dy, zoom, residual } = refine(before, now, x, y, left);
  return {
    shiftX: (x + dx) / COLUMNS,
    shiftY: (y + dy) / ROWS,
    zoom,
    difference,
    residual: Math.min(residual, difference),
  };
}

/** The shift in whole blocks. */
function wholeShift(before: Uint8Array, now: Uint8Array): [number, number] {
  const [x, y] = search(halve(before), halve(now), COARSE_COLUMNS, COARSE_ROWS, 0, 0, REACH_X, REACH_Y);
  return search(before, now, COLUMNS, ROWS, 2 * x, 2 * y, 1, 1);
}

/** The shift around a first guess whose difference is the smallest; the guess itself when none is clearly better. */
function search(
  before: Uint8Array,
  now: Uint8Array,
  columns: number,
  rows: number,
  guessX: number,
  guessY: number,
  reachX: number,
  reachY: number,
): [number, number] {
  let best: [number, number] = [guessX, guessY];
  // A shift has to earn its keep: in noise any of them fits a little better.
  let least = 0.95 * meanDifference(before, now, guessX, guessY, columns, rows, Infinity);
  for (let y = guessY - reachY; y <= guessY + reachY; y++) {
    for (let x = guessX - reachX; x <= guessX + reachX; x++) {
      const difference = meanDifference(before, now, x, y, columns, rows, least);
      if (difference < least) [least, best] = [difference, [x, y]];
    }
  }
  return best;
}

/**
 * Mean absolute difference between a picture and the one before, which is shifted, where both have a value.
 * @param most The sum is given up above this; the result is then some number above it.
 */
function meanDifference(
  before: Uint8Array,
  now: Uint8Array,
  x: number,
  y: number,
  columns: number,
  rows: number,
  most: number,
): number {
  const fromX = Math.max(0, x);
  const toX = Math.min(columns, columns + x);
  const fromY = Math.max(0, y);
  const toY = Math.min(rows, rows + y);
  const count = (toX - fromX) * (toY - fromY);
  let sum = 0;
  for (let row = fromY; row < toY && sum <= most * count; row++) {
    const shifted = (row - y) * columns - x;
    for (let column = fromX; column < toX; column++)
      sum += Math.abs(now[row * columns + column]! - before[shifted + column]!);
  }
  return sum / count;
}

function halve(luma: Uint8Array): Uint8Array {
  const half = new Uint8Array(BLOCKS / 4);
  for (let row = 0; row < COARSE_ROWS; row++) {
    for (let column = 0; column < COARSE_COLUMNS; column++) {
      const at = 2 * row * COLUMNS + 2 * column;
      half[row * COARSE_COLUMNS + column] =
        (luma[at]! + luma[at + 1]! + luma[at + COLUMNS]! + luma[at + COLUMNS + 1]! + 2) >> 2;
    }
  }
  return half;
}

/** Solves for the rest of the shift (blocks) and the zoom by least squares over the gradients of luma. */
function refine(before: Uint8Array, now: Uint8Array, x: number, y: number, left: Float32Array) {
  const terms = new Float64Array(9); // xx xy xz yy yz zz, xt yt zt
  left.fill(0);
  const from = { x: Math.max(1, x + 1), y: Math.max(1, y + 1) };
  const to = { x: Math.min(COLUMNS - 1, COLUMNS + x - 1), y: Math.min(ROWS - 1, ROWS + y - 1) };
  for (let row = from.y; row < to.y; row++) {
    for (let column = from.x; column < to.x; column++) {
      const at = (row - y) * COLUMNS + column - x;
      const gx = (before[at + 1]! - before[at - 1]!) / 2;
      const gy = (before[at + COLUMNS]! - before[at - COLUMNS]!) / 2;
      const gz = (column - COLUMNS / 2) * gx + (row - ROWS / 2) * gy;
      const t = now[row * COLUMNS + column]! - before[at]!;
      left[row * COLUMNS + column] = t;
      terms[0]! += gx * gx;
      terms[1]! += gx * gy;
      terms[2]! += gx * gz;
      terms[3]! += gy * gy;
      terms[4]! += gy * gz;
      terms[5]! += gz * gz;
      terms[6]! -= gx * t;
      terms[7]! -= gy * t;
      terms[8]! -= gz * t;
    }
  }
  const [dx, dy, zoom] = solve(terms);
  let sum = 0;
  let count = 0;
  for (let row = from.y; row < to.y; row++) {
    for (let column = from.x; column < to.x; column++) {
      const at = (row - y) * COLUMNS + column - x;
      const gx = (before[at + 1]! - before[at - 1]!) / 2;
      const gy = (before[at + COLUMNS]! - before[at - COLUMNS]!) / 2;
      const gz = (column - COLUMNS / 2) * gx + (row - ROWS / 2) * gy;
      const rest = left[row * COLUMNS + column]! + dx * gx + dy * gy + zoom * gz;
      left[row * COLUMNS + column] = rest;
      sum += Math.abs(rest);
      count++;
    }
  }
  return { dx, dy, zoom, residual: count > 0 ? sum / count : 0 };
}

/** Solves the symmetric 3 × 3 system, slightly damped; no motion where there is no texture. */
function solve(terms: Float64Array): [number, number, number] {
  const damp = BLOCKS;
  const [xx, xy, xz, yy, yz, zz, xt, yt, zt] = terms as unknown as number[];
  const a = xx! + damp;
  const d = yy! + damp;
  const f = zz! + damp * 100;
  const m0 = d * f - yz! * yz!;
  const m1 = xz! * yz! - xy! * f;
  const m2 = xy! * yz! - xz! * d;
  const determinant = a * m0 + xy! * m1 + xz! * m2;
  const m3 = a * f - xz! * xz!;
  const m4 = xy! * xz! - a * yz!;
  const m5 = a * d - xy! * xy!;
  const limit = (value: number, most: number) => Math.min(most, Math.max(-most, value));
  return [
    limit((m0 * xt! + m1 * yt! + m2 * zt!) / determinant, 1),
    limit((m1 * xt! + m3 * yt! + m4 * zt!) / determinant, 1),
    limit((m2 * xt! + m4 * yt! + m5 * zt!) / determinant, 0.05),
  ];
}
