import { expect, test } from 'vitest';
import { packCutScores, unpackCutScores, type CutScores } from '#lib/media/scenes/cut-scores.ts';
import { CutWindows, PICTURE_NUMBERS, WINDOW } from '#lib/media/scenes/cut-windows.ts';
import { networkBoundaries } from '#lib/media/scenes/network-boundaries.ts';

const RATE = 25;

/** Scores at 25 pictures a second, 0 but for the given ones. */
function scores(
  count: number,
  cut: Record<number, number>,
  transition: Record<number, number> = {},
): CutScores {
  const list = (values: Record<number, number>) =>
    Float32Array.from({ length: count }, (_, at) => values[at] ?? 0);
  return {
    times: Float64Array.from({ length: count }, (_, at) => at / RATE),
    cut: list(cut),
    transition: list(transition),
  };
}
const run = (first: number, last: number, value: number) =>
  Object.fromEntries(Array.from({ length: last - first + 1 }, (_, at) => [first + at, value]));

test('a shot begins behind the picture that is the likeliest to end one', () => {
  const found = networkBoundaries(scores(250, { 29: 0.98, 136: 0.55, 137: 0.7 }, { 29: 0.93 }), 0.5);
  expect(found.map(({ atSeconds, kind, overSeconds }) => [atSeconds, kind, overSeconds])).toEqual([
    [1.2, 'cut', 0],
    [5.52, 'cut', 0],
  ]);
  expect(found.map(({ weight }) => weight)).toEqual([expect.closeTo(0.98, 5), expect.closeTo(0.7, 5)]);
});

test('a long run is a gradual transition with a beginning and an end, also without a likely cut', () => {
  const found = networkBoundaries(scores(250, { 60: 0.3 }, run(50, 69, 0.9)), 0.5);
  expect(found).toMatchObject([{ kind: 'soft' }]);
  expect(found[0]!.atSeconds).toBeCloseTo(2.4);
  expect(found[0]!.overSeconds).toBeCloseTo(0.8);
  expect(found[0]!.weight).toBeCloseTo(0.9);
});

test('the halves of a fade through black are one transition, two cuts near one another are two', () => {
  const fade = { ...run(100, 103, 0.6), ...run(109, 120, 0.9) };
  const found = networkBoundaries(scores(250, { 20: 0.9, 25: 0.9 }, fade), 0.5);
  expect(found.map(({ atSeconds, kind }) => [atSeconds, kind])).toEqual([
    [0.84, 'cut'],
    [1.04, 'cut'],
    [4.42, 'soft'],
  ]);
  expect(found[2]!.overSeconds).toBeCloseTo(21 / RATE);
});

test('a fade in at the beginning or out at the end separates nothing', () => {
  expect(networkBoundaries(scores(100, {}, { ...run(0, 12, 0.9), ...run(90, 99, 0.9) }), 0.5)).toEqual([]);
  expect(networkBoundaries(scores(0, {}), 0.5)).toEqual([]);
});

test('more sensitivity finds what is less likely, less finds only what is likely', () => {
  const some = scores(200, { 20: 0.4, 80: 0.6, 140: 0.8 });
  expect([0, 0.5, 1].map((sensitivity) => networkBoundaries(some, sensitivity).length)).toEqual([1, 2, 3]);
});

test.each([1, 49, 50, 51, 75, 100, 237])(
  'each of %i pictures is judged once, with others around it',
  async (count) => {
    const seen: number[][] = [];
    const windows = new CutWindows((window) => {
      expect(window).toHaveLength(WINDOW * PICTURE_NUMBERS);
      const first = Float32Array.from({ length: WINDOW }, (_, at) => window[at * PICTURE_NUMBERS]!);
      const last = Float32Array.from({ length: WINDOW }, (_, at) => window[(at + 1) * PICTURE_NUMBERS - 1]!);
      seen.push([...first]);
      return Promise.resolve({ cut: first, transition: last });
    });
    const picture = new Uint8Array(PICTURE_NUMBERS);
    for (let at = 0; at < count; at++) {
      picture.fill(at + 1);
      await windows.add(at / RATE, picture);
      // One that comes twice, as at the seams of pieces, counts once.
      await windows.add(at / RATE, picture);
    }
    const { times, cut, transition } = await windows.finish();
    expect([...times]).toEqual(Array.from({ length: count }, (_, at) => at / RATE));
    expect([...cut]).toEqual(Array.from({ length: count }, (_, at) => at + 1));
    expect(transition).toEqual(cut);
    // As the authors do: 25 copies of the first picture before it, and of the last one behind it, to whole windows.
    const padded = Array.from({ length: 50 * seen.length + 50 }, (_, at) =>
      Math.min(count, Math.max(1, at - 24)),
    );
    expect(seen).toEqual(seen.map((_, at) => padded.slice(50 * at, 50 * at + 100)));
    expect(seen).toHaveLength(Math.ceil(count / 50));
  },
);

test('scores are the same after they were stored', () => {
  const some = scores(7, { 3: 0.5 }, { 4: 0.25 });
  const bytes = packCutScores(some);
  expect(unpackCutScores(bytes.buffer)).toEqual(some);
  expect(() => unpackCutScores(bytes.slice(0, 40).buffer)).toThrow('these are 40 bytes in layout 1');
  expect(() => unpackCutScores(new ArrayBuffer(4))).toThrow('these are 4 bytes in layout none');
});
