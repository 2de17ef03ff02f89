import * as v from 'valibot';
import { expect, test } from 'vitest';
import { FeaturesOutputSchema } from '#lib/job/entries/features.ts';
import { measureFrame, summarise } from '#lib/steps/features/measure.ts';
import { moodOfFeatures } from '#lib/steps/features/mood-of-features.ts';
import { daylight } from '#lib/steps/features/daylight.ts';
import { dice, paint } from '../../media/pixels/paint.ts';

type Rule = Parameters<typeof paint>[2];
const frame = (atSeconds: number, rule: Rule) => measureFrame(paint(64, 36, rule), atSeconds);
const meadow: Rule = (x, y) => (y < 14 ? [120, 180, 240] : [(x * 7 + y * 13) % 60, 120 + ((x * 5) % 40), 30]);

test('what is put together is what the schema asks for', () => {
  const roll = dice();
  const noise: Rule = () => [256 * roll(), 256 * roll(), 256 * roll()];
  for (const frames of [
    [],
    [frame(0, meadow)],
    [frame(0, meadow), frame(1, noise), frame(1, () => [0, 0, 0])],
  ]) {
    const features = summarise(frames, 10);
    expect(v.parse(FeaturesOutputSchema, features)).toEqual(features);
  }
});

test('a fade to black changes neither mood nor place', () => {
  const plain = summarise([frame(0, meadow)], null);
  const faded = summarise([frame(0, meadow), frame(1, () => [0, 0, 0])], null);
  expect(faded.mood).toEqual(plain.mood);
  expect([faded.day, faded.outdoor]).toEqual([plain.day, plain.outdoor]);
});

test('neither a cut nor a fade is taken for motion', () => {
  const still = summarise([frame(0, meadow), frame(1, meadow)], 10);
  const faded = summarise([frame(0, meadow), frame(1, meadow), frame(2, () => [0, 0, 0])], 1e9);
  expect(faded.frames[2]!.motion).toBeGreaterThan(0.8);
  expect(faded.mood.arousal).toBeCloseTo(still.mood.arousal, 6);
});

test('the first frame has neither motion nor a cut before it', () => {
  const { frames } = summarise([frame(3, meadow), frame(4, () => [200, 30, 30])], 5);
  expect([frames[0]!.motion, frames[0]!.cutLikelihood]).toEqual([0, 0]);
  expect(frames[1]!.motion).toBeGreaterThan(0.8);
  expect(frames.map(({ atSeconds }) => atSeconds)).toEqual([3, 4]);
});

test('black bars change nothing but the size', () => {
  const bars = measureFrame(
    paint(64, 48, (x, y) => (y < 6 || y >= 42 ? [0, 0, 0] : meadow(x, y - 6))),
    0,
  );
  expect(bars.still).toEqual(frame(0, meadow).still);
});

test('a bright picture is more pleasant than a dark one, a colourful one rouses more than a pale one', () => {
  const evidence = { brightness: 0.5, saturation: 0.3, warmth: 0, nature: 0, pace: null };
  const mood = (part: Partial<Parameters<typeof moodOfFeatures>[0]>) =>
    moodOfFeatures({ ...evidence, ...part });
  expect(mood({ brightness: 0.8 }).valence).toBeGreaterThan(mood({ brightness: 0.1 }).valence);
  expect(mood({ saturation: 0.7 }).arousal).toBeGreaterThan(mood({ saturation: 0.1 }).arousal);
  expect(mood({ nature: 1 }).valence).toBeGreaterThan(mood({ nature: 0 }).valence);
});

test('movement and cuts rouse, stillness calms, whatever the colours', () => {
  const evidence = { brightness: 0.5, saturation: 0.3, warmth: 0, nature: 0 };
  const still = moodOfFeatures({ ...evidence, pace: { motion: 0.02, cutsPerMinute: 0 } });
  const lively = moodOfFeatures({ ...evidence, pace: { motion: 0.7, cutsPerMinute: 0 } });
  const cut = moodOfFeatures({ ...evidence, pace: { motion: 0.7, cutsPerMinute: 30 } });
  expect(still.arousal).toBeLessThan(-0.5);
  expect(lively.arousal).toBeGreaterThan(0.5);
  expect(cut.arousal).toBeGreaterThan(lively.arousal);
});

test('a dark clip is night, a bright one day', () => {
  expect([daylight(0.1), daylight(0.5)]).toEqual([0, 1]);
});
