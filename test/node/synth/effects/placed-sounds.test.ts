import { expect, test } from 'vitest';
import type { Layer, Score, SoundEvent } from '#lib/job/score.ts';
import { renderStem } from '#lib/synth/render.ts';

const RATE = 48_000;
const SECONDS = 6;
const common = {
  pan: 0,
  distance: 0,
  intensity: 0.6,
  gainDb: -3,
  isMuted: false,
  because: 'you',
  variation: 1,
};
const layer = (change: Partial<Layer> = {}): Layer => ({
  ...{
    ...common,
    recipe: 'rain',
    startSeconds: 0,
    endSeconds: SECONDS,
    fadeInSeconds: 0.01,
    fadeOutSeconds: 0.01,
  },
  ...change,
});
const event = (change: Partial<SoundEvent> = {}): SoundEvent => ({
  ...{ ...common, recipe: 'applause', atSeconds: 1, durationSeconds: 3, panTo: 0 },
  ...change,
});

function render(layers: Layer[], events: SoundEvent[] = []) {
  const score: Score = {
    ...{ durationSeconds: SECONDS, seed: 4, mood: { valence: 0, arousal: 0 }, music: null },
    ...{ layers, events, unknownWords: [] },
  };
  const [left, right] = [new Float32Array(SECONDS * RATE), new Float32Array(SECONDS * RATE)];
  let at = 0;
  for (const chunk of renderStem(score, 'effects')) {
    left.set(chunk.left, at);
    right.set(chunk.right, at);
    at += chunk.left.length;
  }
  return { left, right };
}

function levelDb(side: Float32Array, from: number, to: number): number {
  const part = side.subarray(from * RATE, to * RATE);
  return 10 * Math.log10(part.reduce((sum, sample) => sum + sample * sample, 0) / part.length + 1e-12);
}

test('a line of decibels makes a sound softer and louder', () => {
  const plain = render([layer()]);
  const gainLine = [
    { atSeconds: 2, value: 0 },
    { atSeconds: 3, value: -20 },
  ];
  const bent = render([layer({ gainLine })]);
  const change = (from: number, to: number) => levelDb(bent.left, from, to) - levelDb(plain.left, from, to);
  expect(change(0.5, 1.5)).toBeCloseTo(0, 1);
  expect(change(3.5, 4)).toBeCloseTo(-20, 0);
});

test('a line of positions takes the place of the pan', () => {
  const panLine = [
    { atSeconds: 0, value: -1 },
    { atSeconds: 4, value: 1 },
  ];
  const { left, right } = render([layer({ pan: 0.5, panLine })]);
  expect(levelDb(left, 0.1, 0.4)).toBeGreaterThan(levelDb(right, 0.1, 0.4) + 5);
  expect(levelDb(right, 4.5, 5)).toBeGreaterThan(levelDb(left, 4.5, 5) + 5);
});

test('a sound that is cut in two with an offset is heard as before', () => {
  const whole = render([], [event()]);
  const cut = render(
    [],
    [
      event({ untilSeconds: 2, fadeOutSeconds: 0.001 }),
      event({ atSeconds: 2, offsetSeconds: 1, fadeInSeconds: 0.001 }),
    ],
  );
  // Levels follow in steps of 5 ms.
  let largest = 0;
  for (let at = Math.round(2.1 * RATE); at < 4 * RATE; at++)
    largest = Math.max(largest, Math.abs(cut.left[at]! - whole.left[at]!));
  const loudest = whole.left.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  expect(loudest).toBeGreaterThan(0.01);
  expect(largest).toBeLessThan(loudest / 50);
});

test('the beginning of an ambience is cut off in whole blocks', () => {
  const whole = render([layer({ fadeInSeconds: 0, fadeOutSeconds: 0 })]);
  const offsetSeconds = (256 * 375) / RATE;
  const later = render([layer({ offsetSeconds, fadeInSeconds: 0, fadeOutSeconds: 0 })]);
  const level = (from: number, of: Float32Array) => levelDb(of, from, from + 0.2);
  expect(level(1, later.left)).toBeCloseTo(level(3, whole.left), 0);
});

test('an event fades in and out', () => {
  const { left } = render([], [event({ fadeInSeconds: 1, fadeOutSeconds: 1 })]);
  expect(levelDb(left, 1, 1.05)).toBeLessThan(levelDb(left, 2, 2.3) - 10);
  expect(levelDb(left, 4.6, 5)).toBeLessThan(-60);
});
