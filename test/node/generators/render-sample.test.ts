import { expect, test } from 'vitest';
import { renderSample } from '#lib/generators/synth/render-sample.ts';
import { sampleOf, sampleOfPlaced } from '#lib/job/sample-score.ts';
import { edits } from '#lib/job/score-edits.ts';
import { LoudnessMeter } from '#lib/media/audio/loudness-meter.ts';
import { catalogue } from '#lib/synth/catalogue.ts';

const { sounds } = catalogue();
const named = (recipe: string) => sounds.find((sound) => sound.recipe === recipe)!;
const peakOf = (samples: Float32Array) => samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

test('an ambience is heard for three seconds at −16 LUFS', () => {
  const sound = renderSample(sampleOf(named('rain')));
  expect(sound.left).toHaveLength(3 * 48_000);
  const meter = new LoudnessMeter(48_000);
  meter.add([sound.left, sound.right]);
  expect(meter.loudnessLufs).toBeCloseTo(-16, 1);
});

test('a short sound is as loud as its peaks allow', () => {
  const sound = renderSample(sampleOf(named('mouse-click')));
  expect(peakOf(sound.left)).toBeLessThanOrEqual(10 ** (-1 / 20) + 1e-6);
  expect(Math.max(peakOf(sound.left), peakOf(sound.right))).toBeGreaterThan(0.2);
});

test('a sound of a score is heard alone from its beginning', () => {
  const whole = edits.add({ ...sampleOf(named('rain')), durationSeconds: 60, layers: [] }, named('dog'), 42);
  const score = sampleOfPlaced(whole.events[0]!);
  expect(score.events).toHaveLength(1);
  expect(score.events[0]!.atSeconds).toBe(0);
  const { left } = renderSample(score);
  expect(left.length / 48_000).toBeLessThan(3);
  expect(peakOf(left.subarray(0, 24_000))).toBeGreaterThan(0.05);
});
