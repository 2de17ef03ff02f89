import { expect, test } from 'vitest';
import { SoundTimeline } from '#lib/steps/source-audio/sound-timeline.ts';

/** Pieces of a ramp (values are frame numbers) on a timeline of one second; returns the output. */
function lay(
  pieces: readonly { at: number; frames: number; value?: number; rate?: number; channels?: number }[],
  { start = 0, samples = 48_000 } = {},
): Float32Array {
  const out = new Float32Array(samples).fill(9);
  let written = 0;
  const timeline = new SoundTimeline(start, samples, (left) => {
    out.set(left, written);
    written += left.length;
  });
  for (const { at, frames, value = 0.5, rate = 48_000, channels = 2 } of pieces) {
    const piece = new Float32Array(frames).fill(value);
    timeline.add(
      Array.from({ length: channels }, () => piece),
      rate,
      at,
    );
  }
  timeline.finish();
  expect(written).toBe(samples);
  return out;
}

/** Where the value changes: [frame, value] pairs. */
function changes(samples: Float32Array): [number, number][] {
  const found: [number, number][] = [];
  samples.forEach((value, frame) => {
    if (frame === 0 || value !== samples[frame - 1]) found.push([frame, value]);
  });
  return found;
}

test('an empty timeline is silence', () => {
  expect(changes(lay([]))).toEqual([[0, 0]]);
});

test('sound is placed by its timestamp, and the rest is silence', () => {
  expect(changes(lay([{ at: 0.25, frames: 12_000 }]))).toEqual([
    [0, 0],
    [12_000, 0.5],
    [24_000, 0],
  ]);
});

test('sound before the beginning or after the end is cut off', () => {
  const before = lay(
    [
      { at: 4.5, frames: 48_000, value: 0.25 },
      { at: 5.5, frames: 48_000 },
    ],
    { start: 5 },
  );
  expect(changes(before)).toEqual([
    [0, 0.25],
    [24_000, 0.5],
  ]);
});

test('even a few milliseconds before the beginning are cut off', () => {
  const samples = lay([
    { at: -0.005, frames: 1000, value: 0.25 },
    { at: 1000 / 48_000 - 0.005, frames: 1000 },
  ]);
  expect(changes(samples)).toEqual([
    [0, 0.25],
    [760, 0.5],
    [1760, 0],
  ]);
});

test('rounded timestamps make neither gaps nor overlaps', () => {
  const pieces = Array.from({ length: 46 }, (_, index) => {
    const at = Math.round((index * 1024 * 1000) / 48_000) / 1000;
    return { at, frames: 1024, value: index + 1 };
  });
  const frames = changes(lay(pieces)).map(([frame]) => frame);
  expect(frames.slice(0, 46)).toEqual(pieces.map((_, index) => index * 1024));
});

test('a gap becomes silence, and overlaps are used once', () => {
  const gap = lay([
    { at: 0, frames: 4800, value: 0.25 },
    { at: 0.5, frames: 4800 },
  ]);
  expect(changes(gap)).toEqual([
    [0, 0.25],
    [4800, 0],
    [24_000, 0.5],
    [28_800, 0],
  ]);
  const overlap = lay([
    { at: 0, frames: 24_000, value: 0.25 },
    { at: 0.25, frames: 24_000 },
  ]);
  expect(changes(overlap)).toEqual([
    [0, 0.25],
    [24_000, 0.5],
    [36_000, 0],
  ]);
});

test('the sample rate may change on the way', () => {
  const samples = lay([
    { at: 0, frames: 12_000, rate: 24_000 },
    { at: 0.5, frames: 24_000, rate: 48_000 },
  ]);
  expect(samples[12_000]).toBeCloseTo(0.5, 4);
  expect(samples[36_000]).toBe(0.5);
  expect(samples[47_999]).toBe(0.5);
});

test('surround that would exceed full scale is limited, not clipped', () => {
  const samples = lay([{ at: 0, frames: 48_000, value: 0.8, channels: 6 }]);
  expect(Math.max(...samples)).toBeLessThanOrEqual(1);
  expect(samples[24_000]).toBeGreaterThan(0.9);
});

test('an extreme timestamp only fills the timeline', () => {
  expect(
    changes(
      lay([
        { at: 0, frames: 100 },
        { at: 1e9, frames: 100 },
      ]),
    ),
  ).toEqual([
    [0, 0.5],
    [100, 0],
  ]);
});
