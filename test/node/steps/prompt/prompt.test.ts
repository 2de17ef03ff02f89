import { describe, expect, test } from 'vitest';
import { defaultOptions } from '#lib/job/options.ts';
import { promptStep } from '#lib/steps/prompt/prompt.ts';
import { moodWord } from '#lib/evidence/mood-word.ts';
import { blendMood } from '#lib/steps/prompt/blend-mood.ts';
import { factsOf } from '#lib/evidence/facts.ts';
import { genrePrompts } from '#lib/steps/prompt/genre-prompts.ts';
import { plannedMusic } from '#lib/steps/prompt/planned-music.ts';
import type { Box } from '#lib/job/entries/objects.ts';
import { random } from '#lib/synth/dsp/random.ts';
import { chooseStyle } from '#lib/synth/music/plan/choose-style.ts';
import { readPrompt } from '#lib/synth/music/plan/read-prompt.ts';
import { findStyle, STYLES } from '#lib/synth/music/styles/styles.ts';
import { labelsOf } from '#lib/steps/prompt/labels.ts';
import { boxOf, frameOf, sourcesOf } from '../../../fixtures/evidence.ts';
import { outputOf, quiet } from '../../../fixtures/media/step-context.ts';

const NOTHING = { frames: [], labels: [], added: [], removed: [] };
const PICTURES = { valence: 0.4, arousal: 0.4 };
type Region = 'sky' | 'sea' | 'vegetation' | 'fire';
const seen = (...regions: Region[]) => ({
  regions: {
    sky: 0,
    sea: 0,
    vegetation: 0,
    fire: 0,
    ...Object.fromEntries(regions.map((name) => [name, 0.9])),
  },
});
const run = (
  text: string,
  options: Partial<Parameters<typeof promptStep.run>[1]> = {},
  describer = 'rules',
  objects: object = {},
) =>
  outputOf(
    promptStep.run(
      {
        objects: { output: { ...NOTHING, frames: [{ atSeconds: 0, boxes: [] }], ...objects } },
        source: { output: { durationSeconds: null, md5: '0123456789abcdef0123456789abcdef' } },
        length: { output: { startSeconds: 0, durationSeconds: 10 } },
        scenes: { output: { scenes: [{ id: '0', startSeconds: 0, endSeconds: 10, like: null }] } },
        description: { output: { text }, maker: { name: describer } },
        features: { output: { frames: [frameOf(0, seen('sea'))], cuts: [], mood: PICTURES } },
      } as unknown as Parameters<typeof promptStep.run>[0],
      { ...defaultOptions().all.prompt, ...options },
      quiet(),
    ),
  );

test('labels come by how many frames show them, then by name', () => {
  const frames = [seen('sky', 'sea'), seen('vegetation', 'sea'), seen('sky', 'vegetation')];
  expect(labelsOf(NOTHING, { frames: frames as never })).toEqual(['foliage', 'sea', 'sky']);
  expect(labelsOf(NOTHING, { frames: [...frames, seen('sky')] as never })).toEqual(['sky', 'foliage', 'sea']);
  expect(labelsOf(NOTHING, { frames: [seen()] as never })).toEqual([]);
});

test('objects come before regions, with the user’s own words and without removed labels', () => {
  const labels = ['dog', 'person'].map((label) => ({ label }) as never);
  const features = { frames: [seen('sky', 'sea')] as never };
  expect(labelsOf({ frames: [], labels, added: ['gulls', 'Dog'], removed: [] }, features)).toEqual([
    'dog',
    'person',
    'gulls',
    'sea',
    'sky',
  ]);
  expect(labelsOf({ frames: [], labels, added: [], removed: ['Person', 'sky'] }, features)).toEqual([
    'dog',
    'sea',
  ]);
});

test('an uncertain label in one of many frames does not count', () => {
  const labels = [
    { label: 'dog', count: 2, score: 0.3 },
    { label: 'kite', count: 1, score: 0.7 },
    { label: 'tie', count: 1, score: 0.4 },
  ] as never[];
  const of = (count: number) =>
    labelsOf({ ...NOTHING, labels, frames: Array(count).fill({}) as never[] }, { frames: [] });
  expect(of(9)).toEqual(['dog', 'kite']);
  expect(of(3)).toEqual(['dog', 'kite', 'tie']);
});

test("the user's prompts are used, and the made ones stay available", async () => {
  const { made: fresh } = await run('Waves.');
  const output = await run('Waves.', { music: 'My waltz ', effects: 'My gulls', negative: '' });
  expect(output.used).toEqual({ music: 'My waltz', effects: 'My gulls', negative: '' });
  expect(output.made).toEqual(fresh);
});

test('blank music and effects prompts are ignored', async () => {
  const { used, made: fresh } = await run('Waves.', { music: ' ', effects: '' });
  expect(used).toEqual(fresh);
});

test("the rules' description does not count twice: the mood is that of the pictures, moved by what is seen", async () => {
  const { mood, unmovedMood, made } = await run('A scene; the mood is sad.');
  expect(unmovedMood).toEqual(PICTURES);
  // The sea calms lively pictures, in the mood that is shown as in that of the music.
  expect(mood.arousal).toBeLessThan(PICTURES.arousal - 0.1);
  expect(made.music).toContain(moodWord(mood));
});

test("the user's words change the mood, in the description and in the prompts", async () => {
  const described = await run('A scene.', { description: 'A sad rainy evening' });
  const prompted = await run('A scene.', { music: 'sad piano' });
  for (const { unmovedMood: mood } of [described, prompted]) {
    expect(mood!.valence).toBeLessThan(-0.1);
    expect(mood!.arousal).toBeLessThan(PICTURES.arousal);
  }
});

test("another describer's text has a mood of its own", async () => {
  const { unmovedMood } = await run('A sad, gloomy street.', {}, 'model');
  expect(unmovedMood!.valence).toBeLessThan(0);
});

test("the user's mood takes precedence over all texts", async () => {
  const mood = { valence: -1, arousal: 1 };
  expect((await run('', { description: 'a happy day', mood })).mood).toEqual(mood);
});

test('words weigh three times as much as pictures', () => {
  const { valence, arousal } = blendMood({ valence: -0.4, arousal: 0 }, PICTURES);
  expect(valence).toBeCloseTo(-0.2, 9);
  expect(arousal).toBeCloseTo(0.1, 9);
  expect(blendMood(null, PICTURES)).toBe(PICTURES);
});

test("the user's description is used in the prompts beside what is seen, unless it is empty", async () => {
  const { music, effects } = (await run('A scene.', { description: ' My garden. ' })).made;
  expect(music).toMatch(/, My garden\.$/);
  expect(effects).toBe('My garden, sea waves, open sea ambience.');
  expect((await run('A scene.', { description: '  ' })).made).toEqual((await run('A scene.')).made);
});

test('the text of the rules is not in the prompts, that of a model is', async () => {
  expect((await run('Waves on the sea.')).made.effects).toBe('Sea waves, open sea ambience.');
  expect((await run('A singing child.', {}, 'model')).made.effects).toMatch(/^A child, sea waves/);
});

test('the interpolated form has the sentences of the source system around the description', async () => {
  const { made } = await run('Waves.', { form: 'interpolated' });
  expect(made.music).toBe('Melodic, clear and high-quality music based on Waves. Mood of sea.');
  expect(made.effects).toBe(
    'High-quality and clear sound effects based on Waves. Background sounds of: sea.',
  );
});

test('things that sound are named, and the user’s own words; silent things and removed ones are not', async () => {
  const boxes = [boxOf('dog'), boxOf('bench', 0.9, [60, 60, 20, 10])];
  const dog = { frames: [{ atSeconds: 0, boxes }], added: ['gulls'] };
  const { effects } = (await run('', {}, 'rules', dog)).made;
  expect(effects).toBe('Gulls, dog barking, sea waves, open sea ambience.');
  const without = (await run('', {}, 'rules', { ...dog, removed: ['dog'] })).made;
  expect(without.effects).not.toContain('dog');
});

test('the genre of each style is read as that style', () => {
  for (const { name, centre } of STYLES) {
    const music = { style: name, instruments: [], tempoBpm: 90, mood: centre };
    const prompt = genrePrompts({ music, facts: factsOf(sourcesOf([[]])), text: '', added: [] }).music;
    const reading = readPrompt(prompt, '');
    expect(chooseStyle(centre, reading, random('test')).name, prompt).toBe(name);
  }
});

test('a prompt names what the planner plays for what is seen', () => {
  const mood = { valence: 0.1, arousal: 0.1 };
  const plan = (boxes: Box[], words = '') =>
    plannedMusic({ facts: factsOf(sourcesOf([boxes])), mood, isMoodChosen: false, words, seed: 7 });
  const dog = plan([boxOf('dog', 0.95, [20, 20, 60, 60])]);
  const street = plan([boxOf('car'), boxOf('traffic light', 0.9, [70, 5, 10, 20])]);
  expect(dog.style).not.toBe(street.style);
  expect(dog.instruments).toHaveLength(3);
  expect(findStyle(dog.style).parts.map(({ role }) => role)).toContain('melody');
  expect(plan([], 'synthwave').style).toBe('synthwave');
});

test("the user's words choose the genre", async () => {
  expect((await run('', { description: 'A synthwave night drive' })).made.music).toMatch(/^Synthwave music/);
});

describe('scenes', () => {
  const frames = [frameOf(0, seen('sea')), frameOf(6, seen('fire'))];
  const moods = [
    { id: '0', mood: { valence: 0.6, arousal: 0 } },
    { id: '5000', mood: { valence: 0, arousal: 0.9 } },
  ];
  const inputs = {
    objects: { output: { ...NOTHING, frames: frames.map(({ atSeconds }) => ({ atSeconds, boxes: [] })) } },
    source: { output: { durationSeconds: 10, md5: '0123456789abcdef0123456789abcdef' } },
    length: { output: { startSeconds: 0, durationSeconds: 10 } },
    scenes: {
      output: {
        scenes: [
          { id: '0', startSeconds: 0, endSeconds: 5, like: null },
          { id: '5000', startSeconds: 5, endSeconds: 10, like: null },
        ],
      },
    },
    description: { output: { text: 'A film.' }, maker: { name: 'rules' } },
    features: { output: { frames, cuts: [], mood: PICTURES, scenes: moods } },
  } as unknown as Parameters<typeof promptStep.run>[0];
  const runWith = async (change: Partial<Parameters<typeof promptStep.run>[1]>) => {
    const options = { ...defaultOptions().all.prompt, ...change };
    const { scenes, ...film } = await outputOf(promptStep.run(inputs, options, quiet()));
    return { ...film, scenes: scenes! };
  };

  test('each has the sounds of what it shows, and the user’s words for the film go to all', async () => {
    const { scenes, used } = await runWith({});
    expect(scenes.map(({ id }) => id)).toEqual(['0', '5000']);
    expect(scenes[0]!.effects).toContain('waves');
    expect(scenes[0]!.effects).not.toContain('fire');
    expect(scenes[1]!.effects).toContain('fire');
    expect(scenes.map(({ music }) => music)).toEqual([used.music, used.music]);
    expect(scenes.map(({ facts }) => facts!.regions[0]?.name)).toEqual(['sea', 'fire']);
    const own = await runWith({ effects: 'rain' });
    expect(own.scenes.map(({ effects }) => effects)).toEqual(['rain', 'rain']);
  });

  test('each has the mood of its pictures and of what is in them; one that the user chose is that of all', async () => {
    const [sea, fire] = (await runWith({})).scenes.map(({ mood }) => mood!);
    expect(sea!.arousal).toBeLessThan(0);
    expect(fire!.arousal).toBeGreaterThan(sea!.arousal + 0.3);
    const mood = { valence: -0.5, arousal: 0.5 };
    for (const scene of (await runWith({ mood })).scenes) expect(scene.mood).toEqual(mood);
  });

  test('the user’s words and mood for one scene change that scene only', async () => {
    const before = await runWith({});
    const words = { id: '5000', description: 'A calm library, quiet rain outside', mood: null };
    const said = await runWith({ scenes: [words] });
    expect(said.scenes[0]).toEqual(before.scenes[0]);
    expect(said.used).toEqual(before.used);
    expect(said.scenes[1]!.words).toBe(words.description);
    expect(said.scenes[1]!.effects).toContain('quiet rain outside');
    expect(said.scenes[1]!.mood!.arousal).toBeLessThan(before.scenes[1]!.mood!.arousal - 0.3);
    const mood = { valence: -0.9, arousal: -0.9 };
    const chosen = await runWith({ scenes: [{ id: '5000', description: null, mood }] });
    expect(chosen.scenes.map((scene) => scene.mood)).toEqual([before.scenes[0]!.mood, mood]);
    // Its start has moved by a picture since.
    const near = await runWith({ scenes: [{ id: '5040', description: null, mood }] });
    expect(near.scenes[1]!.mood).toEqual(mood);
  });
});
