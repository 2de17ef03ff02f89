import { COLUMNS, ROWS, type PictureGrid } from './picture-grid.ts';

/** Points of luma along each side of a block whose mean is taken. */
const POINTS = 3;

/** The grid that is laid over the displayed picture. */
export interface GridSize {
  columns: number;
  rows: number;
  /** Points of chroma along each side of a block whose mean is taken. */
  chromaPoints: number;
}

const WATCHED: GridSize = { columns: COLUMNS, rows: ROWS, chromaPoints: 1 };

/** Where pixels lie in a buffer. */
export interface PixelLayout {
  /** A pixel format of WebCodecs: `I420`, `NV12`, `I420P10`, `RGBX` and their like. */
  format: string;
  width: number;
  height: number;
  /** Offset and bytes per row of each plane. */
  planes: readonly { offset: number; stride: number }[];
  /** Clockwise, applied for display; then `flip` mirrors left and right. */
  rotation: 0 | 90 | 180 | 270;
  flip: boolean;
  isFullRange: boolean;
}

/** Byte offsets of the samples of every block, in the order of `PictureGrid`. */
interface Offsets {
  luma: Int32Array;
  blue: Int32Array;
  red: Int32Array;
  /** Bits per sample, stored in two bytes when there are more than 8. */
  bits: number;
  /** Set for formats of red, green and blue: `luma` is then the offset of the pixel. */
  rgb: { red: number; blue: number } | null;
}

/** Reduces pictures to one value per block by reading a few pixels of each: far cheaper than scaling them. */
export class GridSampler {
  readonly #size: GridSize;
  #key = '';
  #offsets: Offsets | null = null;

  constructor(size = WATCHED) {
    this.#size = size;
  }

  /** @throws TypeError for an unknown pixel format. */
  sample(bytes: Uint8Array, layout: PixelLayout, grid: PictureGrid): void {
    const key = JSON.stringify(layout);
    if (key !== this.#key) [this.#key, this.#offsets] = [key, offsetsOf(layout, this.#size)];
    const offsets = this.#offsets!;
    if (offsets.rgb) sampleRgb(bytes, offsets, offsets.rgb, grid);
    else sampleYuv(bytes, offsets, grid);
    grid.isFullRange = layout.isFullRange || offsets.rgb !== null;
  }
}

function sampleYuv(bytes: Uint8Array, { luma, blue, red, bits }: Offsets, grid: PictureGrid): void {
  const shift = bits - 8;
  const read = (at: number) => (shift === 0 ? bytes[at]! : (bytes[at]! | (bytes[at + 1]! << 8)) >> shift);
  const fill = (plane: Uint8Array, offsets: Int32Array) => {
    const count = offsets.length / plane.length;
    for (let block = 0; block < plane.length; block++) {
      let sum = 0;
      for (let point = 0; point < count; point++) sum += read(offsets[block * count + point]!);
      plane[block] = sum / count;
    }
  };
  fill(grid.luma, luma);
  fill(grid.blue, blue);
  fill(grid.red, red);
}

function sampleRgb(
  bytes: Uint8Array,
  { luma }: Offsets,
  order: { red: number; blue: number },
  grid: PictureGrid,
): void {
  const count = POINTS * POINTS;
  for (let block = 0; block < grid.luma.length; block++) {
    let [r, g, b] = [0, 0, 0];
    for (let point = 0; point < count; point++) {
      const at = luma[block * count + point]!;
      r += bytes[at + order.red]! / count;
      g += bytes[at + 1]! / count;
      b += bytes[at + order.blue]! / count;
    }
    const y = 0.299 * r + 0.587 * g + 0.114 * b;
    grid.luma[block] = y;
    grid.blue[block] = Math.round(128 + 0.564 * (b - y));
    grid.red[block] = Math.round(128 + 0.713 * (r - y));
  }
}

function offsetsOf(layout: PixelLayout, size: GridSize): Offsets {
  const { format } = layout;
  const lumaOf = (pixelBytes: number) => pointsOf(layout, size, 0, 1, 1, pixelBytes, POINTS);
  const chromaOf = (plane: number, across: number, down: number, pixelBytes: number) =>
    pointsOf(layout, size, plane, across, down, pixelBytes, size.chromaPoints);
  const planar = /^I4(20|22|44)A?(?:P(10|12))?$/.exec(format);
  if (planar) {
    const [, chroma, bits = '8'] = planar;
    const across = chroma === '44' ? 1 : 2;
    const down = chroma === '20' ? 2 : 1;
    const pixel = bits === '8' ? 1 : 2;
    return {
      luma: lumaOf(pixel),
      blue: chromaOf(1, across, down, pixel),
      red: chromaOf(2, across, down, pixel),
      bits: Number(bits),
      rgb: null,
    };
  }
  if (format === 'NV12') {
    const blue = chromaOf(1, 2, 2, 2);
    return {
      luma: lumaOf(1),
      blue,
      red: blue.map((at) => at + 1),
      bits: 8,
      rgb: null,
    };
  }
  const isRgb = /^RGB[AX]$/.test(format);
  if (!isRgb && !/^BGR[AX]$/.test(format))
    throw new TypeError(`A pixel format of WebCodecs was wanted; “${format}” is not known.`);
  const none = new Int32Array();
  const rgb = isRgb ? { red: 0, blue: 2 } : { red: 2, blue: 0 };
  return { luma: lumaOf(4), blue: none, red: none, bits: 8, rgb };
}

/** Offsets in one plane of `points` × `points` samples in every block of the displayed picture. */
function pointsOf(
  { width, height, planes, rotation, flip }: PixelLayout,
  size: GridSize,
  plane: number,
  across: number,
  down: number,
  pixelBytes: number,
  points: number,
): Int32Array {
  const { offset, stride } = planes[plane]!;
  const columns = Math.ceil(width / across);
  const rows = Math.ceil(height / down);
  const offsets = new Int32Array(size.columns * size.rows * points * points);
  for (let at = 0; at < offsets.length; at++) {
    const block = Math.floor(at / points ** 2);
    const point = at % points ** 2;
    const right = ((block % size.columns) + ((point % points) + 0.5) / points) / size.columns;
    const below =
      (Math.floor(block / size.columns) + (Math.floor(point / points) + 0.5) / points) / size.rows;
    const [x, y] = asStored(flip ? 1 - right : right, below, rotation);
    offsets[at] =
      offset +
      Math.min(rows - 1, Math.floor(y * rows)) * stride +
      Math.min(columns - 1, Math.floor(x * columns)) * pixelBytes;
  }
  return offsets;
}

/** The place in the stored picture that is displayed at a place, both 0 … 1 from the top left. */
function asStored(x: number, y: number, rotation: PixelLayout['rotation']): [number, number] {
  if (rotation === 90) return [y, 1 - x];
  if (rotation === 180) return [1 - x, 1 - y];
  if (rotation === 270) return [1 - y, x];
  return [x, y];
}
