import { expect, test } from 'vitest';
import { toPcm16 } from '../../../../worker-server/jobs/sound/to-pcm16.ts';

test('channels are interleaved, rounded and clipped, and NaN becomes silence', () => {
  const left = Float32Array.of(0, 0.5, 1, -1, NaN, 1.6 / 32_768);
  const right = Float32Array.of(-0.5, 2, -2, Infinity, -Infinity, -1.6 / 32_768);
  const bytes = toPcm16([left, right]);
  const samples = Array.from({ length: 12 }, (_, index) => bytes.readInt16LE(index * 2));
  expect(samples).toEqual([0, -16_384, 16_384, 32_767, 32_767, -32_768, -32_768, 32_767, 0, -32_768, 2, -2]);
});
