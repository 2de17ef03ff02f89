import { expect, test } from 'vitest';
import { cameraPoints } from '#lib/media/follow/camera-points.ts';
import { followBox } from '#lib/media/follow/follow-box.ts';
import { COLUMNS, emptyGrid, ROWS } from '#lib/media/watch/picture-grid.ts';
import { Watcher } from '#lib/media/watch/watcher.ts';

const BLOCK = 1 / COLUMNS;

/** Smooth texture, different everywhere. */
const texture = (x: number, y: number, of: number) =>
  60 * Math.sin(0.9 * x + of) * Math.cos(0.7 * y - of) + 30 * Math.sin(0.31 * x * y * 0.1 + of);

interface Shown {
  /** Left edge of a thing of 10 × 8 blocks, in blocks. */
  x: number;
  pan?: number;
}

/** A film of a thing in front of a rough ground, ten pictures a second. */
function film(seconds: number, at: (seconds: number) => Shown) {
  const watcher = new Watcher();
  for (let index = 0; index < seconds * 10; index++) {
    const { x: left, pan = 0 } = at(index / 10);
    const grid = emptyGrid();
    for (let row = 0; row < ROWS; row++)
      for (let column = 0; column < COLUMNS; column++) {
        const isThing = column >= left && column < left + 10 && row >= 14 && row < 22;
        const luma = isThing ? 160 + texture(column - left, row, 3) / 2 : 90 + texture(column - pan, row, 0);
        grid.luma[row * COLUMNS + column] = Math.max(0, Math.min(255, luma));
      }
    grid.blue.fill(128);
    grid.red.fill(128);
    watcher.add(index / 10, grid);
  }
  return watcher.finish([]);
}

const boxAt = (atSeconds: number, left: number) => ({
  ...{ atSeconds, x: left / COLUMNS, y: 14 / ROWS, width: 10 / COLUMNS, height: 8 / ROWS },
});

test('a thing that moves is followed forwards and backwards, to about a block', () => {
  const left = (seconds: number) => 5 + 11.5 * seconds;
  const watched = film(4, (seconds) => ({ x: left(seconds) }));
  const forwards = followBox(watched, boxAt(0, 5), 3);
  expect(forwards.map(({ atSeconds }) => Math.round(atSeconds * 10) / 10)).toEqual(
    Array.from({ length: 15 }, (_, at) => Math.round(2 * (at + 1)) / 10),
  );
  for (const { atSeconds, x } of forwards)
    expect(Math.abs(x - left(atSeconds) * BLOCK)).toBeLessThan(1.5 * BLOCK);
  const backwards = followBox(watched, boxAt(3, left(3)), 1);
  expect(backwards).toHaveLength(10);
  for (const { atSeconds, x } of backwards)
    expect(Math.abs(x - left(atSeconds) * BLOCK)).toBeLessThan(1.5 * BLOCK);
});

test('a thing at rest stays exactly where it is, until the end', () => {
  const places = followBox(
    film(3, () => ({ x: 20 })),
    boxAt(0.4, 20),
    2.6,
  );
  expect(places).toHaveLength(11);
  for (const { x, width } of places) expect([x, width]).toEqual([20 / COLUMNS, 10 / COLUMNS]);
});

test('a thing that leaves the picture is followed to its edge and no further', () => {
  const watched = film(4, (seconds) => ({ x: 30 + 20 * seconds }));
  const places = followBox(watched, boxAt(0, 30), 4);
  const last = places.at(-1)!;
  expect(last.atSeconds).toBeGreaterThan(1);
  expect(last.atSeconds).toBeLessThan(2.2);
  expect(last.x + last.width).toBeGreaterThan(0.97);
});

test('what has no texture, and a time without pictures, is not followed', () => {
  const watched = film(2, () => ({ x: 20 }));
  const flat = { lookTimes: watched.lookTimes, looks: new Uint8Array(watched.looks.length).fill(128) };
  expect(followBox(flat, boxAt(0, 20), 2)).toEqual([]);
  expect(followBox(watched, boxAt(9, 20), 12)).toEqual([]);
  expect(followBox({ lookTimes: new Float64Array(), looks: new Uint8Array() }, boxAt(0, 20), 2)).toEqual([]);
});

test('the camera is where the whole picture has moved to', () => {
  const camera = cameraPoints(film(3, (seconds) => ({ x: 70, pan: 6 * seconds })));
  const end = camera.at(-1)!;
  expect(end.x).toBeCloseTo(6 * end.atSeconds * BLOCK, 1);
  expect(Math.abs(end.x - 6 * end.atSeconds * BLOCK)).toBeLessThan(0.03);
  expect(Math.abs(end.y)).toBeLessThan(0.01);
});
