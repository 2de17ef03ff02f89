import fc from 'fast-check';
import { expect, test } from 'vitest';
import { medoid } from '#lib/steps/best-frame/medoid.ts';

const points = (...values: number[]) => values.map((value) => Float32Array.of(value));

test('the medoid of points on a line is the middle one, and the sums are those of its distances', () => {
  expect(medoid(points(0, 10, 4, 5, 20))).toEqual({ index: 3, distances: [39, 31, 27, 26, 61] });
});

test('of several equally near ones the earliest is taken', () => {
  expect(medoid(points(3, 3, 3)).index).toBe(0);
  expect(medoid(points(0, 1)).index).toBe(0);
  expect(medoid(points(9, 5, 5, 1), [3, 2, 1, 0]).index).toBe(1);
});

test('only candidates are chosen and only they count', () => {
  const { index, distances } = medoid(points(100, 100, 100, 1, 2, 3), [3, 4, 5]);
  expect(index).toBe(4);
  expect(distances).toEqual([294, 294, 294, 3, 2, 3]);
});

test('one latent is its own medoid, none has none', () => {
  expect(medoid(points(7))).toEqual({ index: 0, distances: [0] });
  expect(() => medoid([])).toThrow(/there is none/);
});

test('latents of different lengths are refused', () => {
  expect(() => medoid([Float32Array.of(1), Float32Array.of(1, 2)])).toThrow(TypeError);
});

test('the medoid agrees with a search through all pairs', () => {
  const latent = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(fc.array(latent, { minLength: 1, maxLength: 12 }), (rows) => {
      const costs = rows.map((row) =>
        rows.reduce(
          (sum, other) => sum + Math.sqrt(row.reduce((s, value, k) => s + (value - other[k]!) ** 2, 0)),
          0,
        ),
      );
      const { index, distances } = medoid(rows.map((row) => Float32Array.from(row)));
      expect(costs[index]).toBeCloseTo(Math.min(...costs), 9);
      expect(index).toBe(costs.indexOf(Math.min(...costs)));
      distances.forEach((distance, i) => expect(distance).toBeCloseTo(costs[i]!, 9));
    }),
  );
});

test('the order of the latents does not change which one is chosen', () => {
  const values = fc.uniqueArray(fc.integer({ min: 0, max: 1000 }), { minLength: 3, maxLength: 9 });
  fc.assert(
    fc.property(
      values.filter(({ length }) => length % 2 === 1),
      (line) => {
        const middle = line.toSorted((one, other) => one - other)[line.length >> 1];
        expect(line[medoid(points(...line)).index]).toBe(middle);
      },
    ),
  );
});
