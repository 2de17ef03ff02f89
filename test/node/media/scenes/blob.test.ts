import { expect, test } from 'vitest';
import { motionOnsets } from '#lib/media/scenes/motion-onsets.ts';
import { emptyGrid, BLOCKS, COLUMNS } from '#lib/media/watch/picture-grid.ts';
import { packWatched, unpackWatched } from '#lib/media/watch/watched.ts';
import { Watcher } from '#lib/media/watch/watcher.ts';

/** A square of `side` blocks on a rough ground. */
function square(x: number, y: number, side = 4) {
  const grid = emptyGrid();
  grid.luma.forEach((_, at) => (grid.luma[at] = 60 + ((at * 7919) % 61)));
  grid.blue.fill(128);
  grid.red.fill(128);
  for (let row = y; row < y + side; row++) grid.luma.fill(220, row * COLUMNS + x, row * COLUMNS + x + side);
  return grid;
}

/** A ball that falls for half a second and is kicked up, every second. */
function bouncing(seconds: number, rate: number) {
  const watcher = new Watcher();
  for (let index = 0; index < seconds * rate; index++) {
    const phase = (index / rate) % 1;
    const height = 1 - (2 * phase - 1) ** 2;
    watcher.add(index / rate, square(30, Math.round(28 - 24 * height)));
  }
  return watcher.finish([1.5]);
}

test('what was watched is the same after it was stored', () => {
  const watched = bouncing(3, 25);
  const bytes = packWatched(watched);
  expect(unpackWatched(bytes.buffer as ArrayBuffer)).toEqual(watched);
  expect(() => unpackWatched(bytes.slice(0, 99).buffer)).toThrow('was cut off');
  expect(() => unpackWatched(Uint32Array.of(9, 0, 0, 0).buffer)).toThrow('this has number 9');
});

test('pictures that do not go on in time are ignored', () => {
  const watcher = new Watcher();
  for (const at of [0, 0.04, 0.04, 0.02, 0.08]) watcher.add(at, square(2, 2));
  expect(watcher.count).toBe(3);
});

test('a still picture has no motion, no action and no difference', () => {
  const watcher = new Watcher();
  for (let index = 0; index < 10; index++) watcher.add(index / 10, square(10, 10));
  const { series } = watcher.finish([]);
  for (const name of ['difference', 'residual', 'action', 'shiftX', 'zoom', 'hue'] as const)
    expect(series[name].every((value) => value === 0)).toBe(true);
  expect(BLOCKS).toBe(2304);
});

test.each([24, 30, 60])(
  'kicks are heard of when and where they happen, at %s pictures per second',
  (rate) => {
    const onsets = motionOnsets(bouncing(6, rate), []);
    const kicks = [1, 2, 3, 4, 5];
    const found = kicks.filter((kick) => onsets.some(({ atSeconds }) => Math.abs(atSeconds - kick) <= 0.1));
    expect(found.length).toBeGreaterThanOrEqual(4);
    expect(onsets.length).toBeLessThanOrEqual(8);
    for (const { x, y } of onsets) {
      expect(Math.abs(x - 0.5)).toBeLessThan(0.1);
      expect(y).toBeGreaterThan(0.5);
    }
  },
);

test('around a cut there are no onsets', () => {
  const cuts = [1, 3];
  const onsets = motionOnsets(bouncing(4, 25), cuts);
  expect(onsets.length).toBeGreaterThan(0);
  for (const { atSeconds } of onsets)
    for (const at of cuts) expect(Math.abs(at - atSeconds)).toBeGreaterThanOrEqual(0.15);
});
