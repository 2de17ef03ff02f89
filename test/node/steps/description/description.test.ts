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

test('another describer can be put in, and is asked the question', async () => {
  const echo: Describer = {
    name: 'echo',
    describe: ({ question }) => Promise.resolve(`You asked: ${question}`),
  };
  const { looks, ...rest } = inputs(0).visual.output;
  const input = { kind: 'picture', look: looks[0]!, visual: { looks, ...rest } } as const;
  const asked = { ...options, describer: 'echo', question: 'What?' };
  const output = await describe(input, asked, context.signal, [echo]);
  expect(output).toEqual({ describer: 'echo', made: 'You asked: What?', text: 'You asked: What?' });
});

test('a describer that does not exist is refused by name', async () => {
  const run = descriptionStep.run(inputs(0), { ...options, describer: 'oracle' }, context);
  await expect(run).rejects.toThrow(/one of measured was wanted; "oracle" is none/);
});

test('an aborted run rejects with the reason', async () => {
  const signal = AbortSignal.abort();
  await expect(descriptionStep.run(inputs(0), options, { ...context, signal })).rejects.toBe(signal.reason);
});
