import { expect, test } from 'vitest';
import { emptyGrid, BLOCKS, COLUMNS, ROWS } from '#lib/media/watch/picture-grid.ts';
import { Watcher } from '#lib/media/watch/watcher.ts';
import { coloursOf, movingRegions, unrestAround } from '#lib/steps/features/unrest.ts';
import { dice, paint } from '../../media/pixels/paint.ts';

const RATE = 25;
const SECONDS = 3;
const grey = paint(160, 90, () => [110, 112, 115]);
const lawn = paint(160, 90, () => [60, 130, 40]);
const dark = paint(160, 90, () => [14, 14, 16]);

/** A clip of a rough, still ground whose blocks are changed by `light`, picture by picture. */
function clip(light: (block: { x: number; y: number; still: number }, picture: number) => number) {
  const watcher = new Watcher();
  const ground = Float64Array.from({ length: BLOCKS }, dice(7));
  for (let picture = 0; picture < SECONDS * RATE; picture++) {
    const grid = emptyGrid();
    for (let at = 0; at < BLOCKS; at++) {
      const block = { x: at % COLUMNS, y: Math.floor(at / COLUMNS), still: 80 + 60 * ground[at]! };
      grid.luma[at] = Math.round(light(block, picture));
    }
    watcher.add(picture / RATE, grid);
  }
  return watcher.finish([]);
}

const at = 1.5;
const regionsOf = (watched: ReturnType<typeof clip>, picture = grey) =>
  movingRegions(unrestAround(watched, at, [])!, coloursOf(picture));

/** Glints that come and go in a part. */
const stream = () => {
  const roll = dice(3);
  return clip(({ x, y, still }) =>
    x > 12 && x < 50 && y > (2 * ROWS) / 3 - y / 3 ? still + 60 * (roll() - 0.5) : still,
  );
};
/** Little flashes all over: half of the blocks of every picture are a little lighter. */
const drops = () => {
  const roll = dice(5);
  return clip(({ x, still }) => (x % 16 < 4 ? still : still + (roll() > 0.5 ? 6 : 0)));
};

test('glints that come and go in a part of the picture are water', () => {
  const { water, rain } = regionsOf(stream());
  expect(water).toBeGreaterThan(0.9);
  expect(rain).toBe(0);
});

test('glints from side to side in much of the picture are a sea', () => {
  const roll = dice(3);
  const watched = clip(({ y, still }) => (y > ROWS / 3 ? still + 60 * (roll() - 0.5) : still));
  const { sea, water } = regionsOf(watched);
  expect(sea).toBeCloseTo(1);
  expect(water).toBeCloseTo(0);
});

test('the same in green are leaves in the wind', () => {
  expect(regionsOf(stream(), lawn).water).toBe(0);
});

test('a grey picture that flickers a little nearly everywhere is rain; in the dark it is not', () => {
  expect(regionsOf(drops()).rain).toBeGreaterThan(0.9);
  expect(regionsOf(drops(), dark).rain).toBe(0);
});

test('noise that is in every block alike is neither', () => {
  const roll = dice(11);
  const noise = clip(({ still }) => still + 50 * (roll() - 0.5));
  expect(regionsOf(noise)).toEqual({ sea: 0, water: 0, rain: 0 });
});

test('a still picture, a passing thing and a moving camera are neither', () => {
  const still = clip((block) => block.still);
  const passing = clip(({ x, y, still }, picture) => (Math.abs(x - picture) < 5 && y > 20 ? 220 : still));
  const panning = clip(({ x, y }, picture) => 120 + 60 * Math.sin((x + 0.4 * picture) / 3) * Math.cos(y / 4));
  for (const watched of [still, passing, panning])
    expect(regionsOf(watched)).toEqual({ sea: 0, water: 0, rain: 0 });
});

test('nothing is read across a cut, nor from a second of few pictures', () => {
  const watched = stream();
  const cuts = [0.9, 1.4, 1.9, 2.4].map((atSeconds) => ({ atSeconds, weight: 1 }));
  expect(unrestAround(watched, at, cuts)).toBeNull();
  expect(unrestAround(watched, 9, [])).toBeNull();
  expect(unrestAround({ ...watched, times: watched.times.filter((_, i) => i % 3 === 0) }, at, [])).toBeNull();
});
