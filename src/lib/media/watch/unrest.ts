import { BLOCKS, COLUMNS, ROWS } from './picture-grid.ts';

/** Blocks along each side of a cell. */
const CELL_SIDE = 4;
/** Columns and rows of cells over a picture. */
export const UNREST_COLUMNS = COLUMNS / CELL_SIDE;
export const UNREST_ROWS = ROWS / CELL_SIDE;
export const UNREST_CELLS = UNREST_COLUMNS * UNREST_ROWS;
/** Numbers of one stretch: unrest of all cells, then reversal of all cells. */
export const UNREST_LENGTH = 2 * UNREST_CELLS;

/** Luma that is added to the contrast of a cell, so that noise in flat ones is no unrest. */
const FLAT = 2;
/** Sum of products of differences in a cell below which nothing has changed. */
const LEAST_PRODUCTS = 2;

/**
 * Measures how the fine light of each cell changes from picture to picture, after the motion of the whole picture is taken
 * out. Unrest: mean difference of luma over mean contrast between neighbouring blocks, 0 … 1: what moves as a whole
 * changes little of its contrast at a time. Reversal: minus the correlation of a difference with the one before, as 0
 * (motion goes on) … 1 (the light comes back at once): glints of water come and go, things move on.
 */
export class UnrestMeter {
  #last = new Float32Array(BLOCKS);
  #sums = new Float32Array(UNREST_LENGTH);
  #count = 0;
  #isApart = true;

  /** Adds a picture. @param left Signed difference of luma of each block from the picture before; null when not compared. */
  add(luma: Uint8Array, left: Float32Array | null): void {
    if (left && !this.#isApart) {
      for (let cell = 0; cell < UNREST_CELLS; cell++) this.#addCell(cell, luma, left);
      this.#count++;
    }
    if (left) this.#last.set(left);
    this.#isApart = left === null;
  }

  /** The means since the last call as bytes, `UNREST_LENGTH` of them. */
  take(): Uint8Array {
    const scale = 255 / Math.max(1, this.#count);
    const bytes = Uint8Array.from(this.#sums, (sum) => Math.round(sum * scale));
    this.#sums.fill(0);
    this.#count = 0;
    return bytes;
  }

  #addCell(cell: number, luma: Uint8Array, left: Float32Array): void {
    const from =
      Math.floor(cell / UNREST_COLUMNS) * CELL_SIDE * COLUMNS + (cell % UNREST_COLUMNS) * CELL_SIDE;
    let [difference, contrast, products, magnitudes] = [0, 0, 0, 0];
    for (let block = 0; block < CELL_SIDE ** 2; block++) {
      const at = from + (block >> 2) * COLUMNS + (block & 3);
      const right = at % COLUMNS < COLUMNS - 1 ? at + 1 : at - 1;
      const below = at < BLOCKS - COLUMNS ? at + COLUMNS : at - COLUMNS;
      const now = left[at]!;
      const product = now * this.#last[at]!;
      difference += Math.abs(now);
      contrast += Math.abs(luma[right]! - luma[at]!) + Math.abs(luma[below]! - luma[at]!);
      products += product;
      magnitudes += Math.abs(product);
    }
    const mean = 1 / CELL_SIDE ** 2;
    this.#sums[cell]! += Math.min(1, (difference * mean) / (contrast * mean + FLAT));
    const correlation = magnitudes > LEAST_PRODUCTS ? products / magnitudes : 1;
    this.#sums[UNREST_CELLS + cell]! += (1 - correlation) / 2;
  }
}
