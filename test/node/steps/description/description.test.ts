import { expect, test } from 'vitest';
import { defaultOptions } from '#lib/job/entry.ts';
import type { FrameLook } from '#lib/job/entries/visual.ts';
import { describe, descriptionStep } from '#lib/steps/description/description.ts';
import type { Describer } from '#lib/steps/description/describer.ts';

const none = { sky: 0, sea: 0, vegetation: 0, fire: 0 };
const look = (brightness: number): FrameLook => ({
  atSeconds: 0,
  brightness,
  contrast: 0.4,
  saturation: 0.3,
  warmth: 0,
  colourfulness: 0.3,
  edgeDensity: 0.1,
  palette: [{ colour: '#808080', share: 1 }],
  regions: none,
  motion: 0,
  cutLikelihood: 0,
});
const inputs = (index: number) =>
  ({
    source: { output: { kind: 'video' } },
    frames: { output: { frames: [{ blob: 'sha256-one' }, { blob: 'sha256-two' }] } },
    visual: {
      output: {
        looks: [look(0.3), look(0.9)],
        mood: { valence: 0.3, arousal: -0.3 },
        day: 1,
        outdoor: 0.5,
        regions: none,
        cuts: [],
      },
    },
    'best-frame': { output: { index } },
  }) as unknown as Parameters<typeof descriptionStep.run>[0];
const context = { signal: new AbortController().signal, onProgress: () => undefined };
const options = defaultOptions().description;

test('it is the best frame that is described', async () => {
  expect((await descriptionStep.run(inputs(0), options, context)).made).toMatch(/^A dim/);
  expect((await descriptionStep.run(inputs(1), options, context)).made).toMatch(/^A bright/);
});

test("the user's text wins, and what was made stays to go back to", async () => {
  const output = await descriptionStep.run(inputs(0), { ...options, text: ' My garden. ' }, context);
  expect(output.text).toBe('My garden.');
  expect(output.made).toMatch(/^A dim/);
});

test('an empty text of the user is no text', async () => {
  const output = await descriptionStep.run(inputs(0), { ...options, text: '  ' }, context);
  expect(output.text).toBe(output.made);
});

const { looks, ...rest } = inputs(0).visual.output;
const input = {
  kind: 'picture',
  picture: new Blob(),
  look: looks[0]!,
  visual: { looks, ...rest },
} as const;

test('another describer can be put in, and is asked the question', async () => {
  const echo: Describer = {
    name: 'echo',
    describe: ({ question }) => Promise.resolve(`You asked: ${question}`),
  };
  const asked = { ...options, describer: 'echo', question: 'What?' };
  const output = await describe(input, asked, context, () => echo);
  expect(output).toEqual({ describer: 'echo', made: 'You asked: What?', text: 'You asked: What?' });
});

const failing = (error: Error): Describer => ({ name: 'broken', describe: () => Promise.reject(error) });

test('whatever is wrong with a describer, measurements stand in and it is told why', async () => {
  const output = await describe(input, { ...options, describer: 'broken' }, context, () =>
    failing(new RangeError('No memory left.')),
  );
  expect(output).toMatchObject({ describer: 'measured', why: 'No memory left.' });
  expect(output.made).toMatch(/^A dim/);
});

test('a picture that cannot be read is no fault of the describer: it is refused', async () => {
  const broken = Object.assign(new Error('Unreadable.'), { name: 'PictureUnreadableError' });
  await expect(describe(input, options, context, () => failing(broken))).rejects.toBe(broken);
});

test('words of a model last; those that stood in for it may be bettered, unless the user wrote their own', () => {
  const entry = (describer: string, text: string | null) =>
    ({ options: { ...options, describer: 'moondream2', text }, output: { describer } }) as never;
  expect(descriptionStep.isLasting!(entry('moondream2', null))).toBe(true);
  expect(descriptionStep.isLasting!(entry('measured', null))).toBe(false);
  expect(descriptionStep.isLasting!(entry('measured', 'My garden.'))).toBe(true);
});

test('an aborted run rejects with the reason', async () => {
  const signal = AbortSignal.abort();
  await expect(descriptionStep.run(inputs(0), options, { ...context, signal })).rejects.toBe(signal.reason);
});
