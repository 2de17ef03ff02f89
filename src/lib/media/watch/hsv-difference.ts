import { BLOCKS, type PictureGrid } from './picture-grid.ts';

/** Hue 0 … 179, saturation and value 0 … 255 of each block, as OpenCV gives them for 8-bit pictures. */
export interface HsvGrid {
  hue: Uint8Array;
  saturation: Uint8Array;
  value: Uint8Array;
}

/** An empty grid, to be filled again for every picture. */
export function emptyHsv(): HsvGrid {
  const plane = () => new Uint8Array(BLOCKS);
  return { hue: plane(), saturation: plane(), value: plane() };
}

/** Converts a grid (BT.601) into `target`. */
export function toHsv({ luma, blue, red, isFullRange }: PictureGrid, target: HsvGrid): void {
  const scale = isFullRange ? 1 : 255 / 219;
  const chroma = isFullRange ? 1 : 255 / 224;
  const black = isFullRange ? 0 : 16;
  for (let at = 0; at < BLOCKS; at++) {
    const y = (luma[at]! - black) * scale;
    const u = (blue[at]! - 128) * chroma;
    const v = (red[at]! - 128) * chroma;
    const r = limit(y + 1.402 * v);
    const g = limit(y - 0.344136 * u - 0.714136 * v);
    const b = limit(y + 1.772 * u);
    const most = Math.max(r, g, b);
    const range = most - Math.min(r, g, b);
    let sextant = 0;
    if (range > 0) {
      if (most === r) sextant = (g - b) / range;
      else if (most === g) sextant = 2 + (b - r) / range;
      else sextant = 4 + (r - g) / range;
    }
    target.hue[at] = Math.round(30 * (sextant < 0 ? sextant + 6 : sextant)) % 180;
    target.saturation[at] = most > 0 ? Math.round((255 * range) / most) : 0;
    target.value[at] = Math.round(most);
  }
}

/** Mean absolute differences of hue, saturation and value: the pieces of PySceneDetect's content score. */
export function hsvDifference(
  one: HsvGrid,
  other: HsvGrid,
): [hue: number, saturation: number, value: number] {
  return [
    meanDifference(one.hue, other.hue),
    meanDifference(one.saturation, other.saturation),
    meanDifference(one.value, other.value),
  ];
}

function meanDifference(one: Uint8Array, other: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < BLOCKS; at++) sum += Math.abs(one[at]! - other[at]!);
  return sum / BLOCKS;
}

function limit(value: number): number {
  return Math.min(255, Math.max(0, value));
}
