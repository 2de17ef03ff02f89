import { afterEach, expect, test } from 'vitest';
import { defaultOptions, type AllOptions } from '#lib/job/options.ts';
import { findModel } from '#lib/models/installed.ts';
import type { Model } from '#lib/models/manifest.ts';
import { deleteWeights, listWeights } from '#lib/models/weights-folder.ts';
import { describe } from '#lib/steps/description/description.ts';
import { sourcesOf } from '../../../fixtures/evidence.ts';
import { quiet } from '../../../fixtures/media/step-context.ts';
import { colourPicture } from '../../../fixtures/models/colour-picture.ts';
import { installDescriber } from '../../../fixtures/models/install-describer.ts';
import { tinyClassifier } from '../../../fixtures/models/tiny-classifier.ts';
import { TINY_DESCRIBERS } from '../../../fixtures/models/tiny-describers.ts';

const SLOW = { timeout: 120_000 };
const adapter = await navigator.gpu?.requestAdapter();
afterEach(async () => {
  for (const { name } of await listWeights()) await deleteWeights(name);
});

const { features, objects } = sourcesOf([[]]);
const measured = { mood: { valence: 0.3, arousal: -0.3 }, day: 1, outdoor: 0.5, cuts: [] };
const regions = { sky: 0, sea: 0, vegetation: 0, fire: 0 };

const model = async (id: string) => (await findModel(id)) as Model;
const colour = (name: 'red' | 'lime' | 'blue') =>
  colourPicture(320, 200, [{ colour: name, x: 0, y: 0, width: 1, height: 1 }]);

type Options = AllOptions['description'];
const ask = async (picture: Blob, options: Partial<Options>, context = quiet()) => {
  const { output, maker } = await describe(
    { picture, features: { ...features, ...measured, regions }, objects, scenes: [] },
    { ...defaultOptions().all.description, ...options },
    context,
  );
  return { describer: maker!.name, ...output };
};

async function install(id: string, at: number, files: Record<string, Uint8Array>) {
  const one = await model(id);
  await installDescriber(one, one.files[at]!, files);
}

const SHAPES = [
  ['moondream2', TINY_DESCRIBERS.moondream],
  ['smolvlm-256m', TINY_DESCRIBERS.idefics],
] as const;

test.each(SHAPES)(
  'a model with the architecture of %s answers from the picture, word by word',
  SLOW,
  async (id, make) => {
    await install(id, 1, make());
    const texts: string[] = [];
    const fractions: number[] = [];
    const context = {
      ...quiet(),
      onText: (text: string) => texts.push(text),
      onProgress: (fraction: number) => fractions.push(fraction),
    };
    const output = await ask(await colour('red'), { describer: id, device: 'wasm' }, context);
    expect(output).toEqual({ describer: id, text: 'a red scene.' });
    expect(texts.length).toBeGreaterThan(1);
    expect(texts.every((text) => 'a red scene.'.startsWith(text.trim()))).toBe(true);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
    const again = await ask(await colour('blue'), { describer: id, device: 'wasm' });
    expect(again.text).toBe('a blue scene.');
  },
);

// An emulated GPU compiles its shaders for many seconds.
test.skipIf(!adapter)(
  'a GPU gives the same answer (skipped where the browser offers none)',
  { timeout: 240_000 },
  async () => {
    await install('moondream2', 1, TINY_DESCRIBERS.moondream());
    const output = await ask(await colour('lime'), { describer: 'moondream2', device: 'webgpu' });
    expect(output).toEqual({ describer: 'moondream2', text: 'a green scene.' });
  },
);

test('without the model on this device the rules are used, and one sentence says why', async () => {
  const output = await ask(await colour('red'), { describer: 'moondream2' });
  expect(output).toMatchObject({
    describer: 'rules',
    why: 'The weights of “MoonDream2” are not on this device; get them under “Eyes and words”.',
  });
  expect(output.text).toMatch(/picture/);
});

test('a model that is no describer is not asked', async () => {
  const { describer, why } = await ask(await colour('red'), { describer: 'resnet-18' });
  expect([describer, why]).toEqual(['rules', expect.stringMatching(/“resnet-18” is none that this app/)]);
});

test('half a model is no model', async () => {
  await install('smolvlm-256m', 1, TINY_DESCRIBERS.idefics());
  const [one] = (await listWeights()).filter(({ name }) => name.includes('tokenizer.json'));
  await deleteWeights(one!.name);
  const { describer, why } = await ask(await colour('red'), { describer: 'smolvlm-256m' });
  expect([describer, why]).toEqual(['rules', expect.stringMatching(/are not on this device/)]);
});

test('damaged graphs, and those with another head, give one clear sentence', SLOW, async () => {
  for (const wrong of [
    tinyClassifier(),
    TINY_DESCRIBERS.moondream()['onnx/embed_tokens.onnx']!.slice(0, 90),
  ]) {
    await install('moondream2', 1, {
      ...TINY_DESCRIBERS.moondream(),
      'onnx/decoder_model_merged.onnx': wrong,
    });
    const { describer, why } = await ask(await colour('red'), { describer: 'moondream2', device: 'wasm' });
    expect(describer).toBe('rules');
    expect(why).toMatch(
      /^The processor could not run “MoonDream2”, so the words are from measurements\. \(.+\)$/,
    );
  }
});

test('an unreadable picture is not the model’s fault: it is refused', async () => {
  await install('moondream2', 1, TINY_DESCRIBERS.moondream());
  const broken = new Blob(['no picture'], { type: 'image/png' });
  await expect(ask(broken, { describer: 'moondream2', device: 'wasm' })).rejects.toMatchObject({
    name: 'PictureUnreadableError',
  });
});

test('it can be aborted during an answer', SLOW, async () => {
  await install('moondream2', 1, TINY_DESCRIBERS.moondream());
  const abort = new AbortController();
  const context = { signal: abort.signal, onProgress: () => undefined, onText: () => abort.abort() };
  const running = ask(await colour('red'), { describer: 'moondream2', device: 'wasm' }, context);
  await expect(running).rejects.toMatchObject({ name: 'AbortError' });
});
