import { expect, test } from 'vitest';
import type { ScenesOutput } from '#lib/job/entries/scenes.ts';
import type { EntryOf } from '#lib/job/entry.ts';
import { requestScenes } from '#lib/steps/soundtrack/request-scenes.ts';
import { boxOf, frameOf } from '../../../fixtures/evidence.ts';

const scene = (id: string, startSeconds: number, endSeconds: number, like: string | null = null) => ({
  ...{ id, startSeconds, endSeconds, like },
});
const scenes: ScenesOutput = {
  boundaries: [
    { atSeconds: 4, kind: 'soft', weight: 0.7, overSeconds: 0.8 },
    { atSeconds: 9, kind: 'cut', weight: 0.9, overSeconds: 0 },
  ],
  scenes: [scene('0', 0, 4), scene('4000', 4, 9), scene('9000', 9, 12, '0')],
  onsets: [],
};
/** The film begins at 10 s of its source; a kitchen is seen in its second scene only. */
const START = 10;
const times = [11, 15, 17, 20];
const objects = {
  frames: times.map((atSeconds) => ({
    atSeconds,
    boxes: atSeconds > 14 && atSeconds < 19 ? [boxOf('oven'), boxOf('sink', 0.9, [60, 30, 20, 20])] : [],
  })),
  removed: [],
};
const features = {
  frames: times.map((at) => frameOf(at)),
  mood: { valence: 0.2, arousal: 0.1 },
  scenes: [
    { id: '0', mood: { valence: 0.5, arousal: -0.1 } },
    { id: '4000', mood: { valence: -0.9, arousal: 0.9 } },
  ],
};
const request = (prompt: EntryOf<'prompt'>) =>
  requestScenes({ startSeconds: START, scenes, features, objects, prompt });
const prompt = (mood: { valence: number; arousal: number } | null) =>
  ({ options: { mood }, output: { mood: mood ?? { valence: 0.3, arousal: 0.3 } } }) as EntryOf<'prompt'>;

test('scenes have the transition at their start, the index of the one they look like, and their own mood', () => {
  const made = request(prompt(null));
  expect(made.map(({ startSeconds, endSeconds }) => [startSeconds, endSeconds])).toEqual([
    [0, 4],
    [4, 9],
    [9, 12],
  ]);
  expect(made.map(({ fadeSeconds }) => fadeSeconds)).toEqual([0, 0.8, 0]);
  expect(made.map(({ like }) => like)).toEqual([null, null, 0]);
  expect(made[0]!.mood.valence).toBeCloseTo(0.6);
  expect(made[0]!.mood.arousal).toBeCloseTo(0.1);
  expect(made[1]!.mood).toEqual({ valence: -0.8, arousal: 1 });
  // Without frames of its own it has the mood of the film.
  expect(made[2]!.mood).toEqual({ valence: 0.3, arousal: 0.3 });
});

test('the user’s mood is that of all scenes', () => {
  const mood = { valence: -0.5, arousal: 0.5 };
  for (const made of request(prompt(mood))) expect(made.mood).toEqual(mood);
});

test('scenes have the places that are seen in them, and the prompts of their own', () => {
  const entry = prompt(null);
  entry.output.scenes = [{ id: '4000', music: 'Acoustic folk', effects: 'Kitchen ambience' }];
  const made = request(entry);
  expect(made.map(({ places }) => places[0]?.name)).toEqual([undefined, 'kitchen', undefined]);
  expect(made.map(({ prompts }) => prompts?.effects)).toEqual([undefined, 'Kitchen ambience', undefined]);
});
