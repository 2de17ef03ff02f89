import * as v from 'valibot';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { ScenesOutputSchema, type ScenesOptions } from '#lib/job/entries/scenes.ts';
import type { SourceOutput } from '#lib/job/entries/source.ts';
import { createJob } from '#lib/job/job.ts';
import { optionsByStep } from '#lib/job/options.ts';
import { deleteWeights, listWeights } from '#lib/models/weights-folder.ts';
import { filmLength } from '#lib/steps/length/length.ts';
import { scoredIn } from '#lib/steps/scenes/network/scored-in.ts';
import { scenesStep } from '#lib/steps/scenes/scenes.ts';
import { readSource } from '#lib/steps/source/source.ts';
import { watchSource } from '#lib/steps/watch/watch.ts';
import { sweepBlobs } from '#lib/worker/blob-store.ts';
import { evenly, makeFilm, sequence, shot } from '../../../fixtures/media/make-film.ts';
import { encodePicture } from '../../../fixtures/media/make-picture.ts';
import { hasSharedMedia, sharedFile } from '../../../fixtures/media/shared-media.ts';
import { asEntry, quiet } from '../../../fixtures/media/step-context.ts';
import { installModel } from '../../../fixtures/models/install-model.ts';
import { hasSharedModels, sharedModel } from '../../../fixtures/models/shared-models.ts';
import { tinyCutNetwork } from '../../../fixtures/models/tiny-cut-network.ts';
import { TINY_DETECTORS } from '../../../fixtures/models/tiny-detectors.ts';

const isReady = hasSharedMedia && hasSharedModels;
if (!isReady) console.warn('Real weights or clips are absent: no network is tried on real clips.');

const LONG = { timeout: 300_000 };

const installTiny = (...form: Parameters<typeof tinyCutNetwork>) =>
  installModel('transnetv2', tinyCutNetwork(...form));

const watched = (source: SourceOutput) => watchSource(source, { budgetSeconds: 600 }, quiet());

/** A run of the step on a file. @param known What was read and watched before. */
async function run(
  file: File | { source: SourceOutput; watch: Awaited<ReturnType<typeof watched>> },
  options: Partial<ScenesOptions> = {},
  context = quiet(),
) {
  const source = file instanceof File ? await readSource(file, quiet()) : file.source;
  const watch = file instanceof File ? await watched(source) : file.watch;
  const inputs = {
    source: asEntry('source', source),
    watch: asEntry('watch', watch),
    length: asEntry('length', filmLength(source, { durationSeconds: 10 })),
  };
  const all = optionsByStep({ scenes: { detector: 'network', device: 'wasm', ...options } }).all.scenes;
  const result = await scenesStep.run(inputs, all, context);
  expect(v.parse(ScenesOutputSchema, result.output)).toEqual(result.output);
  const entry = { ...asEntry('scenes', result.output), options: all };
  const times = result.output.boundaries.map(({ atSeconds }) => Math.round(atSeconds * 1000) / 1000);
  return { ...result, options: all, times, isLasting: scenesStep.isLasting!(entry), seen: { source, watch } };
}

/** Three shots with hard cuts between them. */
const film = (codec: 'vp9' | 'vp8' = 'vp9') =>
  makeFilm({
    draw: sequence([0, shot(1)], [2.52, shot(2)], [5, shot(3)]),
    times: evenly(8, 25),
    codec,
    container: 'mkv',
  });

afterEach(async () => {
  for (const { name } of await listWeights()) await deleteWeights(name);
});
afterAll(() => sweepBlobs(new Set()));

test('without installed weights the rules find the scenes, the output says why, and a later run may do better', async () => {
  const { output, times, isLasting, maker } = await run(await film());
  expect(output).toMatchObject({ readBy: 'auto', error: 'WeightsError' });
  expect(output.why).toMatch(/weights of “TransNetV2” are not on this device/);
  expect(times).toEqual([2.52, 5]);
  expect([isLasting, maker, output.scores]).toEqual([false, undefined, undefined]);
});

test('a model of another kind is reported, and the rules find the scenes', async () => {
  await installModel('transnetv2', TINY_DETECTORS.columns());
  const { output, times, isLasting } = await run(await film());
  expect(output).toMatchObject({ readBy: 'auto', error: 'ModelError' });
  expect(output.why).toMatch(
    /one input \[1, 100, 27, 48, 3\] and two outputs was wanted; this one has \[batch, 3, 64, 64\]/,
  );
  expect(times).toEqual([2.52, 5]);
  expect(isLasting).toBe(false);
});

describe('with a network on the device', () => {
  test('it judges every picture; another sensitivity and the user’s boundaries need no second pass', async () => {
    await installTiny();
    const fractions: number[] = [];
    const context = { ...quiet(), onProgress: (at: number) => fractions.push(at) };
    const first = await run(await film(), {}, context);
    expect(first.output).toMatchObject({ readBy: 'network', why: 'wasm: Asked for.' });
    expect(first.times).toEqual([2.52, 5]);
    expect(first.output.boundaries).toMatchObject([{ kind: 'cut' }, { kind: 'cut' }]);
    expect(first.maker).toMatchObject({ where: 'device', name: 'transnetv2' });
    expect(first.isLasting).toBe(true);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
    expect(fractions.at(-1)).toBeGreaterThan(0.9);

    fractions.length = 0;
    const edits = { sensitivity: 0.9, added: [4], removed: [5] };
    const second = await run(first.seen, edits, context);
    expect(second.times).toEqual([2.52, 4]);
    expect(second.output.scores).toBe(first.output.scores);
    expect(fractions).toEqual([]);

    // After a reload it is known from the document, also when the weights are gone.
    const { source: made } = first.seen;
    const source = asEntry('source', made);
    const entry = {
      ...asEntry('scenes', first.output),
      options: first.options,
      inputs: { source: source.key },
      maker: first.maker!,
    };
    const job = { ...createJob(), entries: [source, entry] };
    expect(scoredIn(createJob())).toBeNull();
    expect(scoredIn(job)).toMatchObject({ source: made.blob, scores: first.output.scores });
    scenesStep.prepare!(first.options, quiet().signal, job);
    for (const { name } of await listWeights()) await deleteWeights(name);
    expect((await run(first.seen, edits, context)).output).toEqual(second.output);
    scenesStep.prepare!(first.options, quiet().signal, createJob());
    expect((await run(first.seen, edits, context)).output.readBy).toBe('auto');
    expect(fractions).toEqual([]);

    // Made anew it is the same blob.
    await installTiny();
    await sweepBlobs(new Set([first.seen.source.blob, first.seen.watch.watched!]));
    expect((await run(first.seen, edits, context)).output).toEqual(second.output);
    expect(fractions).not.toEqual([]);
  });

  test('the outputs of the export on the hub have no names, and one dimension more', async () => {
    await installTiny(['534', '535'], [1, 100, 1]);
    expect((await run(await film())).times).toEqual([2.52, 5]);
  });

  test('what the browser cannot decode, ffmpeg decodes', async () => {
    await installTiny();
    const source = await readSource(await film('vp8'), quiet());
    const { output, times } = await run({
      source: { ...source, readBy: 'ffmpeg' },
      watch: await watched(source),
    });
    expect(output.readBy).toBe('network');
    expect(times).toEqual([2.52, 5]);
  });

  test('a photo is one scene, which needs no network', async () => {
    const { output, isLasting } = await run(await encodePicture('image/png', 64, 48));
    expect(output.scenes).toHaveLength(1);
    expect([output.readBy, isLasting]).toEqual([undefined, true]);
  });

  test('an aborted run ends at once, and the next one works', async () => {
    await installTiny();
    const { seen } = await run(await film(), { detector: 'auto' });
    const controller = new AbortController();
    // In the middle of the film.
    const onProgress = (at: number) => at > 0.2 && controller.abort();
    const waiting = run(seen, {}, { signal: controller.signal, onProgress });
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
    expect((await run(seen)).output.readBy).toBe('network');
  });
});

test.skipIf(!isReady)(
  'TransNetV2 finds the cuts of a real clip to the picture (skipped without shared models and media)',
  LONG,
  async () => {
    await installModel('transnetv2', await sharedModel('scenes/transnetv2.onnx'));
    const { output, times } = await run(await sharedFile('video/bikes_city_cuts.mp4'));
    expect(output.readBy).toBe('network');
    // The list of PySceneDetect, which both of its detectors give.
    expect(times).toEqual([1.2, 3.04, 5.48, 7.48, 9.68]);
  },
);
