import { expect, test } from 'vitest';
import { defaultOptions } from '#lib/job/options.ts';
import type { FrameFeatures } from '#lib/job/entries/features.ts';
import { describe, descriptionStep } from '#lib/steps/description/description.ts';
import type { Describer } from '#lib/steps/description/describer.ts';

const none = { sky: 0, sea: 0, vegetation: 0, fire: 0 };
const frame = (brightness: number): FrameFeatures => ({
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
    source: { output: { kind: 'video', durationSeconds: 2 } },
    length: { output: { startSeconds: 0, durationSeconds: 2 } },
    scenes: { output: { scenes: [{ id: '0', startSeconds: 0, endSeconds: 2, like: null }] } },
    frames: { output: { frames: [{ blob: 'sha256-one' }, { blob: 'sha256-two' }] } },
    features: {
      output: {
        frames: [frame(0.3), frame(0.9)],
        mood: { valence: 0.3, arousal: -0.3 },
        day: 1,
        outdoor: 0.5,
        regions: none,
        cuts: [],
      },
    },
    objects: { output: { frames: [], removed: [] } },
    'best-frame': { output: { index } },
  }) as unknown as Parameters<typeof descriptionStep.run>[0];
const context = { signal: new AbortController().signal, onProgress: () => undefined };
const options = defaultOptions().all.description;

test('the rules give a sentence and the facts that it was made from', async () => {
  const { text, facts } = (await descriptionStep.run(inputs(0), options, context)).output;
  expect(text).toBe('A still scene in grey.');
  expect(facts).toMatchObject({ pace: 'still', colours: ['grey'], things: [] });
});

test('a best frame that is not there is refused', async () => {
  await expect(descriptionStep.run(inputs(2), options, context)).rejects.toThrow('The best frame was wanted');
});

const { features, objects } = inputs(0);
const input = {
  picture: new Blob(),
  features: features.output,
  objects: objects.output,
  scenes: [],
};

test('another describer can be put in, and is asked the question', async () => {
  const echo: Describer = {
    name: 'echo',
    describe: ({ question }) => Promise.resolve({ text: `You asked: ${question}` }),
  };
  const asked = { ...options, describer: 'echo', question: 'What?' };
  const { output, maker } = await describe(input, asked, context, () => echo);
  expect(output).toEqual({ text: 'You asked: What?' });
  expect(maker).toMatchObject({ where: 'device', name: 'echo' });
});

const failing = (error: Error): Describer => ({ name: 'broken', describe: () => Promise.reject(error) });

test('whatever is wrong with a describer, the rules stand in and say why', async () => {
  const { output, maker } = await describe(input, { ...options, describer: 'broken' }, context, () =>
    failing(new RangeError('No memory left.')),
  );
  expect(maker?.name).toBe('rules');
  expect(output).toMatchObject({
    text: expect.stringMatching(/^A .*grey/) as string,
    why: 'No memory left.',
  });
});

test('a server is not asked by the step: where its words are missing the rules stand in', async () => {
  const { output, maker } = await descriptionStep.run(
    inputs(0),
    { ...options, describer: 'server' },
    context,
  );
  expect(maker?.name).toBe('rules');
  expect(output.why).toBe('The server was not asked about this frame.');
});

test('a picture that cannot be read is no fault of the describer: it is refused', async () => {
  const broken = Object.assign(new Error('Unreadable.'), { name: 'PictureUnreadableError' });
  await expect(describe(input, options, context, () => failing(broken))).rejects.toBe(broken);
});

test('words of whoever was asked last; those that stood in may be bettered', () => {
  const isLasting = (describer: string, maker: { where: string; name: string }) =>
    descriptionStep.isLasting!({ options: { ...options, describer }, maker } as never);
  expect(isLasting('moondream2', { where: 'device', name: 'moondream2' })).toBe(true);
  expect(isLasting('moondream2', { where: 'device', name: 'rules' })).toBe(false);
  expect(isLasting('server', { where: 'server', name: 'moondream2' })).toBe(true);
  expect(isLasting('server', { where: 'device', name: 'rules' })).toBe(false);
});

test('an aborted run rejects with the reason', async () => {
  const signal = AbortSignal.abort();
  await expect(descriptionStep.run(inputs(0), options, { ...context, signal })).rejects.toBe(signal.reason);
});
