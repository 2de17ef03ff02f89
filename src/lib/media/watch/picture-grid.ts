/** Columns and rows of the grid of blocks over a displayed picture, whatever its size and aspect ratio. */
export const COLUMNS = 64;
export const ROWS = 36;
export const BLOCKS = COLUMNS * ROWS;

/** A picture reduced to one value of luma and chroma for each block, row by row, upright, as coded (8 bits). */
export interface PictureGrid {
  luma: Uint8Array;
  blue: Uint8Array;
  red: Uint8Array;
  /** Whether luma covers 0 … 255 instead of 16 … 235. */
  isFullRange: boolean;
}

/** An empty grid, to be filled again for every picture. @param blocks Columns × rows. */
export function emptyGrid(blocks = BLOCKS): PictureGrid {
  const plane = () => new Uint8Array(blocks);
  return { luma: plane(), blue: plane(), red: plane(), isFullRange: false };
}
