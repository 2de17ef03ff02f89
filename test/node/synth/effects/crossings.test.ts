import { expect, it } from 'vitest';
import type { Score } from '#lib/job/score.ts';
import { planScore } from '#lib/synth/plan.ts';
import { momentaryLoudness } from '../../../bench/recognise/loudness.ts';
import { renderWhole } from '../../../bench/recognise/solo.ts';
import { curve, request } from './plan-request.ts';

const scene = (startSeconds: number, endSeconds: number, place: string, fadeSeconds = 0) => ({
  ...{ startSeconds, endSeconds, fadeSeconds, like: null, mood: { valence: 0, arousal: 0 } },
  ...{ places: [{ name: place, certainty: 0.95 }], musicPrompt: '', effectsPrompt: '' },
});

/** The score of two places, one after the other. */
function crossing(one: string, other: string, fadeSeconds: number): Score {
  const scenes = [scene(0, 6, one), scene(6, 12, other, fadeSeconds)];
  return planScore(request({ scenes, curve, durationSeconds: 12 }));
}

it.each([
  ['beach', 'street', 0],
  ['office', 'road', 0],
  ['sea', 'road', 2],
])('from %s to %s (fade of %s s) the ambience neither jumps nor clicks', (one, other, fadeSeconds) => {
  const sound = renderWhole(crossing(one, other, fadeSeconds));
  const levels = momentaryLoudness(sound);
  const mean = (from: number, to: number) => {
    const part = levels.slice(Math.round(from * 10), Math.round(to * 10));
    return 10 * Math.log10(part.reduce((sum, lufs) => sum + 10 ** (lufs / 10), 0) / part.length);
  };
  // Ambiences swell by themselves, so their means over some seconds are compared.
  const half = fadeSeconds > 0 ? fadeSeconds / 2 : 0.4;
  const [before, after] = [mean(1, 6 - half - 0.4), mean(6 + half, 10.5)];
  expect(Math.abs(after - before)).toBeLessThanOrEqual(3);
  const during = mean(6 - 0.4, 6 + 0.2);
  expect(during).toBeGreaterThan(Math.min(before, after) - 3);
  expect(during).toBeLessThan(Math.max(before, after) + 3);
  const largestStep = (from: number, to: number) => {
    let largest = 0;
    for (const side of [sound.left, sound.right])
      for (let i = Math.round(from * 48_000); i < to * 48_000; i++)
        largest = Math.max(largest, Math.abs(side[i]! - side[i - 1]!));
    return largest;
  };
  // Noise has steps of its own; the crossing adds none.
  expect(largestStep(6 - half, 6 + half)).toBeLessThan(
    Math.max(largestStep(1, 5), largestStep(7, 11)) + 0.02,
  );
});
