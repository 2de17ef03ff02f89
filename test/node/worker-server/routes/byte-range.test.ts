import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readByteRange } from '../../../../worker-server/routes/byte-range.ts';

test.each([
  ['bytes=0-99', { first: 0, last: 99 }],
  ['bytes=990-', { first: 990, last: 999 }],
  ['bytes=-10', { first: 990, last: 999 }],
  ['bytes=-5000', { first: 0, last: 999 }],
  ['bytes=900-5000', { first: 900, last: 999 }],
  ['Bytes=5-5', { first: 5, last: 5 }],
])('%s of 1000 bytes is %j', (header, range) => {
  expect(readByteRange(header, 1000)).toEqual(range);
});

test.each(['bytes=1000-', 'bytes=1000-2000', 'bytes=-0'])('%s of 1000 bytes is unsatisfiable', (header) => {
  expect(readByteRange(header, 1000)).toBe('unsatisfiable');
});

test.each([undefined, '', 'bytes=', 'bytes=-', 'bytes=9-3', 'bytes=0-1,5-6', 'lines=1-2', 'bytes=a-b'])(
  'the header %s is ignored',
  (header) => {
    expect(readByteRange(header, 1000)).toBeNull();
  },
);

test('every parsed range is within the content', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(), fc.nat(), fc.nat(2000), (noise, from, to, size) => {
      for (const header of [`bytes=${noise}`, `bytes=${from}-${to}`, `bytes=-${from}`]) {
        const range = readByteRange(header, size);
        if (range === null || range === 'unsatisfiable') continue;
        expect(range.first).toBeGreaterThanOrEqual(0);
        expect(range.first).toBeLessThanOrEqual(range.last);
        expect(range.last).toBeLessThan(size);
      }
      expect(readByteRange('bytes=0-', size)).toEqual(
        size === 0 ? 'unsatisfiable' : { first: 0, last: size - 1 },
      );
    }),
  );
});
