import { expect, test } from 'vitest';
import { withDips } from '#lib/steps/film/sound/dips.ts';
import { placesAbove } from '#lib/steps/film/sound/lower-peaks.ts';
import type { WavSound } from '#lib/steps/film/sound/wav-sound.ts';

/** 10,000 samples of 1000 in both channels. */
const FLAT: WavSound = {
  samples: 10_000,
  read: (from, to) => Promise.resolve(new Int16Array((Math.min(to, 10_000) - from) * 2).fill(1000)),
};

test('a dip attenuates both channels, fades within 10 ms, and is the same in pieces', async () => {
  const dipped = withDips(FLAT, [{ from: 4000, to: 5000, gain: 0.5, isBright: false }]);
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
    { from: 100, to: 200, gain: 0.5, isBright: false },
    { from: 150, to: 300, gain: 0.8, isBright: false },
  ];
  expect((await withDips(FLAT, dips).read(170, 171))[0]).toBe(400);
});

test('a bright dip leaves low frequencies unchanged', async () => {
  const tones: WavSound = {
    samples: 10_000,
    read: (from, to) => Promise.resolve(tonesBetween(from, Math.min(to, 10_000))),
  };
  const dipped = await withDips(tones, [{ from: 4000, to: 5000, gain: 0.25, isBright: true }]).read(
    0,
    10_000,
  );
  const [dark, bright] = [200, 9000].map((hertz) => levelOf(dipped, hertz, 4000, 4960));
  expect(dark).toBeCloseTo(5000, -2);
  expect(bright).toBeCloseTo(1250, -2);
  expect(levelOf(dipped, 9000, 6000, 6960)).toBeCloseTo(5000, -2);
});

/** 200 and 9000 Hz at 5000 each. */
function tonesBetween(from: number, to: number): Int16Array<ArrayBuffer> {
  return Int16Array.from({ length: 2 * (to - from) }, (_, index) => {
    const turn = (2 * Math.PI * (from + (index >> 1))) / 48_000;
    return 5000 * (Math.sin(200 * turn) + Math.sin(9000 * turn));
  });
}

/** Amplitude of a tone in the left channel between two samples, by correlation. */
function levelOf(pcm: Int16Array, hertz: number, from: number, to: number): number {
  let [sine, cosine] = [0, 0];
  for (let at = from; at < to; at++) {
    const turn = (2 * Math.PI * hertz * at) / 48_000;
    sine += pcm[2 * at]! * Math.sin(turn);
    cosine += pcm[2 * at]! * Math.cos(turn);
  }
  return (2 * Math.hypot(sine, cosine)) / (to - from);
}

test('ranges that are too loud have a margin, and are joined where they touch', () => {
  const peaks = new Array<number>(40).fill(0.5);
  expect(placesAbove(peaks, 0.9)).toEqual([]);
  peaks[1] = 0.95;
  peaks[20] = 0.91;
  peaks[25] = 0.92;
  peaks[39] = 1;
  expect(placesAbove(peaks, 0.9)).toEqual([
    { from: 0, to: 5 },
    { from: 17, to: 29 },
    { from: 36, to: 40 },
  ]);
});
