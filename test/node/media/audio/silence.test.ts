import { expect, test } from 'vitest';
import { silence } from '#lib/media/audio/silence.ts';

const RATE = 1000;

test('a stretch is silent, with fades inside it, however the sound is cut to pieces', () => {
  const whole = new Float32Array(4000).fill(1);
  silence(whole, 1, 0, [{ startSeconds: 1, endSeconds: 3 }], RATE);
  expect(whole.slice(0, 1000).every((value) => value === 1)).toBe(true);
  expect(whole.slice(1120, 2880).every((value) => value === 0)).toBe(true);
  expect(whole.slice(3000).every((value) => value === 1)).toBe(true);
  const steps = Array.from(whole.slice(1), (value, at) => Math.abs(value - whole[at]!));
  expect(Math.max(...steps)).toBeLessThan(0.02);

  const stereo = new Int16Array(2 * 700).fill(10_000);
  silence(stereo, 2, 900, [{ startSeconds: 1, endSeconds: 3 }], RATE);
  for (const frame of [0, 99, 110, 160, 219, 220, 699])
    for (const channel of [0, 1])
      expect(Math.abs(stereo[2 * frame + channel]! - 10_000 * whole[900 + frame]!)).toBeLessThanOrEqual(1);
});

test('a stretch shorter than its fades is quiet in its middle', () => {
  const samples = new Float32Array(100).fill(1);
  silence(samples, 1, 0, [{ startSeconds: 0.02, endSeconds: 0.06 }], RATE);
  expect(samples[40]).toBeCloseTo(0);
  expect(samples[10]).toBe(1);
  expect(samples[70]).toBe(1);
});
