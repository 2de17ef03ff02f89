import fc from 'fast-check';
import { expect, test } from 'vitest';
import { palette } from '#lib/media/pixels/palette.ts';
import { dice, paint } from './paint.ts';

test('an all red picture has the one colour red', () => {
  expect(palette(paint(20, 10, () => [255, 0, 0]))).toEqual([{ colour: '#ff0000', share: 1 }]);
});

test('colours come by their shares', () => {
  const flag = paint(10, 10, (x) => (x < 5 ? [0, 0, 255] : x < 8 ? [255, 255, 255] : [255, 0, 0]));
  expect(palette(flag)).toEqual([
    { colour: '#0000ff', share: 0.5 },
    { colour: '#ffffff', share: 0.3 },
    { colour: '#ff0000', share: 0.2 },
  ]);
});

test('shades that look like one colour are joined', () => {
  const roll = dice();
  const blue = paint(40, 40, () => [20 + 8 * roll(), 80 + 8 * roll(), 200 + 8 * roll()]);
  expect(palette(blue)).toHaveLength(1);
});

test('any picture has one to five colours, whose shares fall and sum to 1, the same ones every time', () => {
  const pictures = fc
    .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }), fc.integer())
    .map(([width, height, seed]) => {
      const roll = dice(seed);
      return paint(width, height, () => [256 * roll(), 256 * roll(), 256 * roll()]);
    });
  fc.assert(
    fc.property(pictures, (picture) => {
      const colours = palette(picture);
      const shares = colours.map(({ share }) => share);
      expect(colours.length).toBeGreaterThanOrEqual(1);
      expect(colours.length).toBeLessThanOrEqual(5);
      expect(shares.reduce((sum, share) => sum + share)).toBeCloseTo(1, 9);
      expect(shares).toEqual([...shares].sort((one, other) => other - one));
      expect(palette(picture)).toEqual(colours);
    }),
  );
});
