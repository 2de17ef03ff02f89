import { expect, test } from 'vitest';
import type { RequestScene, SoundtrackRequest } from '#lib/job/score.ts';
import { planScore } from '#lib/synth/plan.ts';

const MOOD = { valence: 0.3, arousal: 0 };
const scene = (startSeconds: number, endSeconds: number, seed?: number): RequestScene => ({
  ...{ startSeconds, endSeconds, fadeSeconds: 0, like: null, mood: MOOD },
  ...{ places: [{ name: 'forest', certainty: 0.9 }], musicPrompt: '', effectsPrompt: '' },
  ...(seed && { seed }),
});
const request = (scenes: RequestScene[]): SoundtrackRequest => ({
  ...{ musicPrompt: '', effectsPrompt: '', negativePrompt: '', mood: MOOD, cues: [], curve: [], cuts: [] },
  ...{ looks: [1], durationSeconds: 30, seed: 5, kind: 'both', scenes },
});
const score = (seed?: number) => planScore(request([scene(0, 10), scene(10, 20, seed), scene(20, 30)]));

test('a scene that is made anew has other notes and another take of its ambience; the others keep theirs', () => {
  const before = score();
  const after = score(3);
  const isInside = ({ startSeconds, endSeconds }: { startSeconds: number; endSeconds: number }) =>
    (startSeconds + endSeconds) / 2 > 10 && (startSeconds + endSeconds) / 2 < 20;
  expect(after.music!.sections.filter(isInside).length).toBeGreaterThan(0);
  for (const section of after.music!.sections)
    expect(section.variation).toBe(isInside(section) ? 3 : undefined);
  expect(after.music!.sections.map((section) => ({ ...section, variation: 0 }))).toEqual(
    before.music!.sections.map((section) => ({ ...section, variation: 0 })),
  );
  // The forest that lies over all three scenes becomes three, which cross over at the cuts.
  expect(before.layers).toHaveLength(1);
  const forest = after.layers.filter(({ recipe }) => recipe === before.layers[0]!.recipe);
  expect(forest.map(({ startSeconds, endSeconds }) => [startSeconds, endSeconds])).toEqual([
    [0, 10.4],
    [9.75, 20.4],
    [19.75, 30],
  ]);
  expect(forest.map(({ variation }) => variation)).toEqual([
    before.layers[0]!.variation,
    before.layers[0]!.variation! + 3000,
    before.layers[0]!.variation,
  ]);
  expect(forest[1]!.fadeInSeconds).toBeCloseTo(forest[0]!.fadeOutSeconds!);
});

test('nothing changes without a scene that was made anew', () => {
  expect(score(undefined)).toEqual(score());
  expect(score().music!.sections.every((section) => !('variation' in section))).toBe(true);
});
