import { expect, test } from 'vitest';
import { withDips } from '#lib/steps/film/sound/dips.ts';
import { placesAbove } from '#lib/steps/film/sound/keep-below.ts';
import type { WavSound } from '#lib/steps/film/sound/wav-sound.ts';

/** 10,000 samples of 1000 in both channels. */
const FLAT: WavSound = {
  samples: 10_000,
  read: (from, to) => Promise.resolve(new Int16Array((Math.min(to, 10_000) - from) * 2).fill(1000)),
};

test('a dip turns both channels down where it is, comes and goes within 10 ms, and is the same in pieces', async () => {
  const dipped = withDips(FLAT, [{ from: 4000, to: 5000, gain: 0.5 }]);
  const whole = await dipped.read(0, 10_000);
  const left = whole.filter((_, index) => index % 2 === 0);
  expect(whole.filter((_, index) => index % 2 === 1)).toEqual(left);
  expect([left[3519], left[3520], left[4000], left[4999], left[5479], left[5480]]).toEqual([
    1000, 1000, 500, 500, 1000, 1000,
  ]);
  expect(left[3760]).toBe(750);
  const steps = left.slice(1).map((value, index) => Math.abs(value - left[index]!));
  expect(Math.max(...steps)).toBeLessThanOrEqual(3);
  const pieces = [await dipped.read(0, 4200), await dipped.read(4200, 10_000)];
  expect([...pieces[0]!, ...pieces[1]!]).toEqual([...whole]);
});

test('dips that meet multiply', async () => {
  const dips = [
    { from: 100, to: 200, gain: 0.5 },
    { from: 150, to: 300, gain: 0.8 },
  ];
  expect((await withDips(FLAT, dips).read(170, 171))[0]).toBe(400);
});

test('places that are too loud have room around them, and are one where they touch', () => {
  const peaks = new Array<number>(40).fill(0.5);
  expect(placesAbove(peaks, 0.9)).toEqual([]);
  peaks[1] = 0.95;
  peaks[20] = 0.91;
  peaks[25] = 0.92;
  peaks[39] = 1;
  expect(placesAbove(peaks, 0.9)).toEqual([
    [0, 5],
    [17, 29],
    [36, 40],
  ]);
});
