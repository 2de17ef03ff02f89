import { expect, test } from 'vitest';
import { addPcm16, decodePcm16, Pcm16Encoder } from '#lib/media/audio/pcm16.ts';
import { noise, sine } from './signals.ts';

function encode(left: Float32Array, right = left, seed = 1): Int16Array {
  const pcm = new Int16Array(left.length * 2);
  new Pcm16Encoder(seed).encode(left, right, 0, left.length, pcm);
  return pcm;
}

test('sound comes back within two steps', () => {
  const left = noise(0.9, 5000);
  const right = noise(0.9, 5000, 2);
  const [backLeft, backRight] = [new Float32Array(5000), new Float32Array(5000)];
  decodePcm16(encode(left, right), backLeft, backRight);
  const largest = Math.max(
    ...left.map((x, i) => Math.max(Math.abs(x - backLeft[i]!), Math.abs(right[i]! - backRight[i]!))),
  );
  expect(largest).toBeLessThan(2 / 32_768);
  expect(largest).toBeGreaterThan(0);
});

test('digital silence stays silence', () => {
  expect(encode(new Float32Array(100)).every((sample) => sample === 0)).toBe(true);
});

test('what exceeds full scale is clipped, not wrapped', () => {
  const pcm = encode(Float32Array.of(1, 2, 100), Float32Array.of(-1.1, -2, -100));
  expect([...pcm]).toEqual(
    [32_767, -32_768, 32_767, -32_768, 32_767, -32_768].map((x, i) => (i === 0 ? pcm[0] : x)),
  );
  expect(pcm[0]).toBeGreaterThan(32_765);
});

test('a sine below half a step is kept on average, thanks to dither', () => {
  const quiet = sine(100, -100, 2);
  const pcm = encode(quiet);
  const product = quiet.reduce((sum, sample, index) => sum + sample * pcm[index * 2]!, 0);
  const power = quiet.reduce((sum, sample) => sum + sample * sample, 0);
  expect(product / power / 32_768).toBeCloseTo(1, 1);
});

test('the two channels get unrelated noise, and the same seed the same', () => {
  const level = new Float32Array(20_000).fill(0.25);
  const pcm = encode(level);
  let same = 0;
  for (let index = 0; index < 20_000; index++) if (pcm[2 * index] === pcm[2 * index + 1]) same++;
  expect(same / 20_000).toBeLessThan(0.7);
  expect(encode(level)).toEqual(pcm);
  expect(encode(level, level, 2)).not.toEqual(pcm);
});

test('adding applies the gain and keeps existing samples', () => {
  const left = Float32Array.of(0.5, 0.5);
  const right = Float32Array.of(0, 0);
  addPcm16(Int16Array.of(16_384, -16_384, 0, 0), 0.5, left, right);
  expect([...left, ...right]).toEqual([0.75, 0.5, -0.25, 0]);
});
