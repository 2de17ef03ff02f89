import { expect, test } from 'vitest';
import { gridToRgb } from '#lib/media/watch/grid-to-rgb.ts';
import { COLUMNS, emptyGrid, ROWS, type PictureGrid } from '#lib/media/watch/picture-grid.ts';
import { GridSampler, type PixelLayout } from '#lib/media/watch/sample-grid.ts';

const WIDTH = 128;
const HEIGHT = 72;
const PIXELS = WIDTH * HEIGHT;

/** A picture that is bright in its top left quarter, blue on the left and red in the upper half. */
const luma = (x: number, y: number) => (x < WIDTH / 2 && y < HEIGHT / 2 ? 200 : 50);
const blue = (x: number) => (x < WIDTH / 2 ? 180 : 90);
const red = (_: number, y: number) => (y < HEIGHT / 2 ? 170 : 100);

/** Writes planes one behind the other. @param planes Value, step across and down, bytes per sample, shift. */
function pack(
  planes: readonly (readonly [(x: number, y: number) => number[], across: number, down: number])[],
  bytesPerValue = 1,
  shift = 0,
) {
  const bytes: number[] = [];
  const layout: { offset: number; stride: number }[] = [];
  for (const [values, across, down] of planes) {
    const offset = bytes.length;
    for (let y = 0; y < HEIGHT; y += down) {
      for (let x = 0; x < WIDTH; x += across) {
        for (const value of values(x, y)) {
          bytes.push((value << shift) & 255);
          if (bytesPerValue === 2) bytes.push((value << shift) >> 8);
        }
      }
    }
    layout.push({ offset, stride: (bytes.length - offset) / (HEIGHT / down) });
  }
  return { bytes: Uint8Array.from(bytes), planes: layout };
}

const sample = (
  format: string,
  packed: { bytes: Uint8Array; planes: PixelLayout['planes'] },
  more: Partial<PixelLayout> = {},
): PictureGrid => {
  const grid = emptyGrid();
  const plain = { width: WIDTH, height: HEIGHT, rotation: 0, flip: false, isFullRange: false } as const;
  new GridSampler().sample(packed.bytes, { format, planes: packed.planes, ...plain, ...more }, grid);
  return grid;
};
const at = (plane: Uint8Array, x: number, y: number) =>
  plane[Math.floor(y * ROWS) * COLUMNS + Math.floor(x * COLUMNS)];

const i420 = pack([
  [(x, y) => [luma(x, y)], 1, 1],
  [(x) => [blue(x)], 2, 2],
  [(x, y) => [red(x, y)], 2, 2],
]);

test.each([
  ['I420', i420],
  [
    'NV12',
    pack([
      [(x, y) => [luma(x, y)], 1, 1],
      [(x, y) => [blue(x), red(x, y)], 2, 2],
    ]),
  ],
  [
    'I422',
    pack([
      [(x, y) => [luma(x, y)], 1, 1],
      [(x) => [blue(x)], 2, 1],
      [(x, y) => [red(x, y)], 2, 1],
    ]),
  ],
  [
    'I444',
    pack([
      [(x, y) => [luma(x, y)], 1, 1],
      [(x) => [blue(x)], 1, 1],
      [(x, y) => [red(x, y)], 1, 1],
    ]),
  ],
  [
    'I420P10',
    pack(
      [
        [(x, y) => [luma(x, y)], 1, 1],
        [(x) => [blue(x)], 2, 2],
        [(x, y) => [red(x, y)], 2, 2],
      ],
      2,
      2,
    ),
  ],
])('%s is read with its planes', (format, packed) => {
  const grid = sample(format, packed);
  expect([at(grid.luma, 0.2, 0.2), at(grid.luma, 0.8, 0.2), at(grid.luma, 0.2, 0.8)]).toEqual([200, 50, 50]);
  expect([at(grid.blue, 0.2, 0.8), at(grid.blue, 0.8, 0.8)]).toEqual([180, 90]);
  expect([at(grid.red, 0.8, 0.2), at(grid.red, 0.8, 0.8)]).toEqual([170, 100]);
});

test('RGBX and BGRX become luma and chroma in full range', () => {
  const rgb = pack([[() => [250, 10, 20, 255], 1, 1]]);
  const bgr = pack([[() => [20, 10, 250, 255], 1, 1]]);
  for (const grid of [sample('RGBX', rgb), sample('BGRX', bgr)]) {
    expect(grid.isFullRange).toBe(true);
    expect(grid.luma[0]).toBe(82);
    expect(grid.red[0]).toBeGreaterThan(240);
    expect(grid.blue[0]).toBeLessThan(100);
  }
});

test.each([
  [0, false, 0.2, 0.2],
  [90, false, 0.8, 0.2],
  [180, false, 0.8, 0.8],
  [270, false, 0.2, 0.8],
  [0, true, 0.8, 0.2],
] as const)('turned by %s° (mirrored: %s) the bright corner is at %s, %s', (rotation, flip, x, y) => {
  const grid = sample('I420', i420, { rotation, flip });
  const corners = [0.2, 0.8].flatMap((cx) => [0.2, 0.8].map((cy) => [cx, cy] as const));
  for (const [cx, cy] of corners) expect(at(grid.luma, cx, cy)).toBe(cx === x && cy === y ? 200 : 50);
});

test('an unknown pixel format is refused', () => {
  expect(() => sample('X999', i420)).toThrow('“X999” is not known');
  expect(i420.bytes.length).toBe(PIXELS * 1.5);
});

test('a grid of another size is read in colour, with the mean of several points of chroma', () => {
  const grid = emptyGrid(4 * 3);
  const plain = { width: WIDTH, height: HEIGHT, rotation: 0, flip: false, isFullRange: false } as const;
  const layout = { format: 'I420', planes: i420.planes, ...plain };
  new GridSampler({ columns: 4, rows: 3, chromaPoints: 3 }).sample(i420.bytes, layout, grid);
  expect([...grid.blue]).toEqual([180, 180, 90, 90, 180, 180, 90, 90, 180, 180, 90, 90]);
  // The upper half ends within the second row.
  expect([...grid.red].filter((_, block) => block % 4 === 0)).toEqual([170, expect.closeTo(123, -1), 100]);
  const rgb = new Uint8Array(3 * 12);
  gridToRgb(grid, rgb);
  // BT.601: Y 200, Cb 180, Cr 170 and Y 50, Cb 90, Cr 100, in the limited range.
  expect([...rgb.subarray(0, 3)]).toEqual([255, 160, 255]);
  expect([...rgb.subarray(33)]).toEqual([0, 77, 0]);
});
