import type { PictureGrid } from './picture-grid.ts';

/** Writes a grid (BT.601) as red, green and blue of each block, row by row, 0 … 255. @param target Three per block. */
export function gridToRgb({ luma, blue, red, isFullRange }: PictureGrid, target: Uint8Array): void {
  const scale = isFullRange ? 1 : 255 / 219;
  const chroma = isFullRange ? 1 : 255 / 224;
  const black = isFullRange ? 0 : 16;
  for (let block = 0; block < luma.length; block++) {
    const y = (luma[block]! - black) * scale;
    const u = (blue[block]! - 128) * chroma;
    const v = (red[block]! - 128) * chroma;
    target[3 * block] = toByte(y + 1.402 * v);
    target[3 * block + 1] = toByte(y - 0.344136 * u - 0.714136 * v);
    target[3 * block + 2] = toByte(y + 1.772 * u);
  }
}

function toByte(value: number): number {
  return Math.max(0, Math.min(255, Math.round(value)));
}
