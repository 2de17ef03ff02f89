import { describe, expect, it, vi } from 'vitest';
import type { Layer, Score, SoundEvent } from '#lib/job/score.ts';
import { renderEffects } from '#lib/synth/effects/render-effects.ts';
import { integratedLoudness } from '../../../bench/recognise/loudness.ts';
import { powerSpectrum } from '../../../bench/recognise/spectrum.ts';
import { emptyScore, renderSolo, renderWhole, toMono } from '../../../bench/recognise/solo.ts';

// Rendering takes seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const layer = (recipe: string, more: Partial<Layer> = {}): Layer => ({
  recipe,
  startSeconds: 0,
  endSeconds: 4,
  gainDb: 0,
  pan: 0,
  intensity: 0.5,
  distance: 0,
  isMuted: false,
  because: 'test',
  ...more,
});

const event = (recipe: string, atSeconds: number, more: Partial<SoundEvent> = {}): SoundEvent => ({
  recipe,
  atSeconds,
  durationSeconds: 1,
  gainDb: 0,
  pan: 0,
  panTo: 0,
  distance: 0,
  intensity: 0.5,
  variation: 0,
  isMuted: false,
  because: 'test',
  ...more,
});

const scoreOf = (layers: Layer[], events: SoundEvent[] = [], durationSeconds = 4): Score => ({
  ...emptyScore(durationSeconds, 5),
  layers,
  events,
});

const energy = (samples: Float32Array) => samples.reduce((sum, x) => sum + x * x, 0);

describe('length', () => {
  it.each([0.02, 1, 3.3333, 7.0001])(
    'renders the exact number of frames for %s s, in new arrays shorter than one second',
    (seconds) => {
      const chunks = [...renderEffects(scoreOf([layer('wind', { endSeconds: seconds })], [], seconds))];
      expect(chunks.reduce((sum, { left }) => sum + left.length, 0)).toBe(Math.round(seconds * 48_000));
      expect(chunks.every(({ left, right }) => left.length === right.length && left.length <= 48_000)).toBe(
        true,
      );
      expect(new Set(chunks.map(({ left }) => left.buffer)).size).toBe(chunks.length);
    },
  );

  it('renders silence for a score without effects', () => {
    expect(energy(renderWhole(scoreOf([])).left)).toBeLessThan(1e-20);
  });
});

describe('determinism', () => {
  const score = scoreOf([layer('rain'), layer('fire')], [event('dog', 1), event('thunder', 2)]);

  it('gives the same samples for the same score', () => {
    expect(hash(renderWhole(score).left)).toBe(hash(renderWhole(score).left));
  });

  it('gives other samples for another seed and for another variation', () => {
    const first = hash(renderWhole(score).left);
    expect(hash(renderWhole({ ...score, seed: 6 }).left)).not.toBe(first);
    const varied = { ...score, events: [event('dog', 1, { variation: 1 }), score.events[1]!] };
    expect(hash(renderWhole(varied).left)).not.toBe(first);
  });

  it('does not change other sounds when a layer or an event is added', () => {
    const quiet = { gainDb: -14 };
    const a = [layer('rain', quiet), layer('birds', quiet)];
    const b = layer('traffic', { ...quiet, startSeconds: 1 });
    const dog = event('dog', 1.5, quiet);
    const together = renderWhole(scoreOf([b, ...a], [dog])).left;
    const first = renderWhole(scoreOf(a)).left;
    const second = renderWhole(scoreOf([b], [dog])).left;
    const furthest = together.reduce((most, x, i) => Math.max(most, Math.abs(x - first[i]! - second[i]!)), 0);
    expect(furthest).toBeLessThan(1e-5);
  });
});

describe('events', () => {
  it.each([0.5, 1.2345, 2.9])('renders a knock at %s s within 20 ms', (atSeconds) => {
    const { left } = renderWhole(scoreOf([], [event('knock', atSeconds)]));
    const first = left.findIndex((x) => Math.abs(x) > 0.01);
    expect(first / 48_000).toBeGreaterThanOrEqual(atSeconds - 0.001);
    expect(first / 48_000).toBeLessThan(atSeconds + 0.02);
  });

  it.each(['dog', 'horn', 'door'])('pans a %s', (recipe) => {
    const onLeft = renderWhole(scoreOf([], [event(recipe, 0.5, { pan: -0.8, panTo: -0.8 })]));
    const onRight = renderWhole(scoreOf([], [event(recipe, 0.5, { pan: 0.8, panTo: 0.8 })]));
    expect(energy(onLeft.left)).toBeGreaterThan(2.5 * energy(onLeft.right));
    expect(energy(onRight.right)).toBeGreaterThan(2.5 * energy(onRight.left));
  });

  it('moves a car from one side to the other', () => {
    const car = event('car-pass', 0, { durationSeconds: 4, pan: -0.9, panTo: 0.9 });
    const { left, right } = renderWhole(scoreOf([], [car]));
    const half = left.length / 2;
    expect(energy(left.subarray(0, half))).toBeGreaterThan(1.5 * energy(right.subarray(0, half)));
    expect(energy(right.subarray(half))).toBeGreaterThan(1.5 * energy(left.subarray(half)));
  });

  it('makes distant sounds quieter and duller', () => {
    const near = toMono(renderSolo('leaves', { distance: 0, seconds: 2 }));
    const far = toMono(renderSolo('leaves', { distance: 0.9, seconds: 2 }));
    expect(energy(far)).toBeLessThan(energy(near) / 10);
    expect(brightness(far)).toBeLessThan(brightness(near) * 0.7);
  });
});

describe('layers', () => {
  it('play from start to end with fades around both', () => {
    const { left } = renderWhole(scoreOf([layer('waterfall', { startSeconds: 1, endSeconds: 3 })]));
    const rms = (from: number, to: number) =>
      Math.sqrt(energy(left.subarray(from * 48_000, to * 48_000)) / ((to - from) * 48_000));
    const full = rms(1.7, 2.3);
    expect(rms(0, 0.55)).toBeLessThan(1e-9);
    expect(rms(0.95, 1.05) / full).toBeGreaterThan(0.4);
    expect(rms(0.95, 1.05) / full).toBeLessThan(0.95);
    expect(rms(3.6, 4) / full).toBeLessThan(0.2);
  });

  it('have a constant level where two of the same sound meet', () => {
    const layers = [layer('waterfall', { endSeconds: 2 }), layer('waterfall', { startSeconds: 2 })];
    const whole = renderWhole(scoreOf(layers));
    const part = (from: number, to: number) =>
      integratedLoudness({
        left: whole.left.subarray(from * 48_000, to * 48_000),
        right: whole.right.subarray(from * 48_000, to * 48_000),
      });
    expect(Math.abs(part(1.7, 2.3) - part(1, 1.6))).toBeLessThan(1.5);
  });

  it('are near -20 LUFS on their own', () => {
    for (const recipe of ['rain', 'sea', 'forest', 'traffic', 'train']) {
      const lufs = integratedLoudness(renderSolo(recipe, { seed: 21, seconds: 8 }));
      expect(lufs, recipe).toBeGreaterThan(-23.5);
      expect(lufs, recipe).toBeLessThan(-17.5);
    }
  });

  it('are silent when muted', () => {
    expect(energy(renderWhole(scoreOf([layer('rain', { isMuted: true })])).left)).toBeLessThan(1e-20);
  });

  it('need an ambience, and events a one-shot', () => {
    expect(() => [...renderEffects(scoreOf([layer('knock')]))]).toThrow(TypeError);
    expect(() => [...renderEffects(scoreOf([], [event('rain', 1)]))]).toThrow(TypeError);
  });
});

it('does not exceed 0.89 with many loud sounds', () => {
  const loud = { gainDb: 12, intensity: 1 };
  const score = scoreOf(
    [layer('waterfall', loud), layer('downpour', loud), layer('train', loud)],
    [event('thunder', 0.5, loud), event('impact', 1, loud), event('door', 1.5, loud)],
  );
  const { left, right } = renderWhole(score);
  expect(
    Math.max(...[left, right].map((side) => side.reduce((most, x) => Math.max(most, Math.abs(x)), 0))),
  ).toBeLessThanOrEqual(0.89);
});

/** Spectral centroid in Hz. */
function brightness(mono: Float32Array): number {
  let weighted = 0;
  let total = 0;
  for (let start = 0; start + 2048 <= mono.length; start += 2048) {
    powerSpectrum(mono, start, 2048).forEach((power, k) => {
      weighted += power * k;
      total += power;
    });
  }
  return weighted / total;
}

function hash(samples: Float32Array): number {
  let h = 2166136261;
  for (const byte of new Uint8Array(samples.buffer)) h = Math.imul(h ^ byte, 16777619);
  return h >>> 0;
}
