import { expect, test } from 'vitest';
import { STEP_NAMES, type Entry } from '#lib/job/entry.ts';
import { defaultOptions, withOptions } from '#lib/job/options.ts';
import type { Span } from '#lib/job/subject.ts';
import { resolveEntries } from '#lib/pipeline/resolve.ts';
import { inOrder, replans, STEPS, stepsBehind, type AnyStep } from '#lib/pipeline/steps.ts';
import { fakeStep, jobWithSource, run } from './fake-steps.ts';

const span = (subject: Span['subject'], startSeconds: number, endSeconds: number): Span => ({
  subject,
  startSeconds,
  endSeconds,
});

/** A film of two scenes with a description each, and one soundtrack of three clips that reads those of its scenes. */
function dividedFilm(log: string[], cutSeconds = 4): AnyStep[] {
  const scenes = [span('scene:a', 0, cutSeconds), span('scene:b', cutSeconds, 10)];
  const clips = [span('clip:1', 0, 3), span('clip:2', 3, 6), span('clip:3', 6, 10)];
  const texts = (inputs: Record<string, Entry | Entry[]>, role: string) =>
    [inputs[role]].flat().map((entry) => (entry!.options as { description: string | null }).description);
  return [
    fakeStep(log, 'frames', ['source'], () => ({ scenes }), {
      divides: { into: 'scene', spans: ({ scenes: all }: { scenes: Span[] }) => all },
    }),
    fakeStep(log, 'features', ['source'], () => ({ clips }), {
      divides: { into: 'clip', spans: ({ clips: all }: { clips: Span[] }) => all },
    }),
    fakeStep(log, 'prompt', ['frames'], (options) => ({ options }), { about: ['film', 'scene'] }),
    fakeStep(
      log,
      'soundtrack',
      { words: { step: 'prompt', of: 'overlapping', kind: 'scene' } },
      (_, inputs) => ({ words: texts(inputs, 'words') }),
      { about: ['clip'] },
    ),
    fakeStep(log, 'mix', { all: { step: 'soundtrack', of: 'every', kind: 'clip' } }, (_, inputs) => ({
      clips: [inputs['all']!].flat().length,
    })),
  ];
}

test('steps run for every scene and clip, and a clip reads the scenes that it overlaps', async () => {
  const log: string[] = [];
  const steps = dividedFilm(log);
  const options = withOptions(
    withOptions(defaultOptions(), 'prompt', { description: 'sea' }, 'scene:a'),
    'prompt',
    { description: 'fire' },
    'scene:b',
  );
  const { job } = await run(jobWithSource(), options, 'mix', steps);
  expect(log.filter((line) => line.includes(':')).sort()).toEqual([
    'prompt scene:a',
    'prompt scene:b',
    'soundtrack clip:1',
    'soundtrack clip:2',
    'soundtrack clip:3',
  ]);
  const current = await resolveEntries(steps, job, options);
  const words = (clip: Span['subject']) => current.get(clip)!.soundtrack!.output as unknown;
  expect(words('clip:1')).toEqual({ words: ['sea'] });
  expect(words('clip:2')).toEqual({ words: ['sea', 'fire'] });
  expect(words('clip:3')).toEqual({ words: ['fire'] });
  expect(current.get('clip:2')!.soundtrack!.inputs['words']).toHaveLength(2);
  expect(current.get('film')!.mix!.output).toEqual({ clips: 3 });
});

test('a new description of one scene only repeats what overlaps it', async () => {
  const first = await run(jobWithSource(), defaultOptions(), 'mix', dividedFilm([]));
  const log: string[] = [];
  const options = withOptions(defaultOptions(), 'prompt', { description: 'rain' }, 'scene:b');
  await run(first.job, options, 'mix', dividedFilm(log));
  expect(log.sort()).toEqual(['mix', 'prompt scene:b', 'soundtrack clip:2', 'soundtrack clip:3']);
});

test('a scene with another time span is another scene, whatever its name', async () => {
  const first = await run(jobWithSource(), defaultOptions(), 'mix', dividedFilm([]));
  const log: string[] = [];
  const steps = dividedFilm(log, 5).map((step) => (step.name === 'frames' ? { ...step, version: 2 } : step));
  await run(first.job, defaultOptions(), 'mix', steps);
  expect(log).toContain('prompt scene:a');
});

test('a step without entries for a subject is named', async () => {
  const steps = [
    fakeStep([], 'prompt', { same: { step: 'source', of: 'same' } }, () => ({}), { about: ['scene'] }),
  ];
  await expect(run(jobWithSource(), defaultOptions(), 'prompt', steps)).rejects.toThrow(
    'No step divides the film into scenes.',
  );
});

test('a step before one of its inputs is named', () => {
  const steps = [fakeStep([], 'mix', ['soundtrack'], () => ({}))];
  expect(() => inOrder(steps)).toThrow('The step "mix" reads "soundtrack", which has to stand before it.');
});

test('the document knows every step of the app, in the same order, and the steps behind a goal come in order', () => {
  expect(['source', ...STEPS.map(({ name }) => name)]).toEqual(STEP_NAMES);
  expect(stepsBehind(['prompt'])).toEqual([
    ...['source', 'length', 'watch', 'scenes', 'frames', 'objects', 'features', 'best-frame', 'description'],
    'prompt',
  ]);
});

test('an edited score survives another seed, the mix and the film, and nothing else', () => {
  expect(replans('soundtrack', { seed: 4 })).toBe(false);
  expect(replans('soundtrack', { score: null })).toBe(false);
  expect(replans('mix', { balance: 0.2 })).toBe(false);
  expect(replans('film', { movement: 'still' })).toBe(false);
  expect(replans('prompt', { mood: null })).toBe(true);
  expect(replans('objects', { removed: ['dog'] })).toBe(true);
  expect(replans('soundtrack', { kind: 'music' })).toBe(true);
  expect(replans('length', { durationSeconds: 9 })).toBe(true);
});
