import { afterAll, expect, test } from 'vitest';
import { optionsByStep } from '#lib/job/options.ts';
import type { ObjectsOutput } from '#lib/job/entries/objects.ts';
import type { SourceOutput } from '#lib/job/entries/source.ts';
import type { PromptOutput } from '#lib/job/entries/prompt.ts';
import type { FeaturesOutput } from '#lib/job/entries/features.ts';
import { soundtrackStep } from '#lib/steps/soundtrack/soundtrack.ts';
import { blobFolder, readBlob, sweepBlobs } from '#lib/worker/blob-store.ts';
import { readStem } from '#lib/worker/stem-reader.ts';
import { asEntry, outputOf, quiet } from '../../fixtures/media/step-context.ts';

afterAll(() => sweepBlobs(new Set()));

const text = {
  music: 'Melodic music, calm piano',
  effects: 'Sound effects of: rain, dog bark',
  negative: '',
};
const prompt: PromptOutput = { made: text, used: text, labels: [], mood: { valence: 0.3, arousal: -0.2 } };
const regions = { sky: 0, sea: 0, vegetation: 0, fire: 0 };
const mood = { valence: 0, arousal: 0 };
const objects: ObjectsOutput = { detector: null, why: '', frames: [], labels: [], added: [], removed: [] };
const features: FeaturesOutput = { frames: [], mood, day: 1, outdoor: 1, regions, cuts: [] };

async function make(durationSeconds: number, options: object = {}, context = quiet()) {
  const inputs = {
    source: asEntry('source', { md5: '0000000000000000' } as SourceOutput),
    length: asEntry('length', { durationSeconds, startSeconds: 0 }),
    watch: asEntry('watch', { pictures: 0, seen: 0, watched: null, readBy: 'none', why: '' }),
    scenes: asEntry('scenes', {
      boundaries: [],
      scenes: [{ id: '0', startSeconds: 0, endSeconds: durationSeconds, like: null }],
      onsets: [],
    }),
    prompt: asEntry('prompt', prompt),
    features: asEntry('features', features),
    objects: asEntry('objects', objects),
  };
  const { soundtrack } = optionsByStep({ soundtrack: options }).all;
  const { music, effects, ...rest } = await outputOf(soundtrackStep.run(inputs, soundtrack, context));
  for (const made of [music, effects])
    if (made) expect(made).toMatchObject({ maker: { where: 'device', name: 'synth' }, fit: 'whole' });
  return { ...rest, music: music?.stem ?? null, effects: effects?.stem ?? null };
}

test('music and effects are stems of exactly the length of the video', async () => {
  const { music, effects, durationSeconds, score } = await make(3.217);
  expect([durationSeconds, score!.seed]).toEqual([3.217, 1]);
  for (const stem of [music!, effects!]) {
    expect(stem.samples).toBe(Math.round(3.217 * 48_000));
    expect((await readBlob(stem.blob)).size).toBe(44 + stem.samples * 4);
    expect(stem.loudnessLufs).toBeGreaterThan(-45);
    expect(stem.truePeakDb).toBeLessThan(0);
  }
});

test('music alone has no effects, and effects alone no music', async () => {
  const music = await make(2, { kind: 'music' });
  expect([music.music?.samples, music.effects]).toEqual([96_000, null]);
  const effects = await make(2, { kind: 'effects' });
  expect([effects.music, effects.effects?.samples]).toEqual([null, 96_000]);
});

test('the same seed gives the same stems, another seed others', async () => {
  const first = await make(2, { seed: 5 });
  // Otherwise the stems would come from the cache.
  await sweepBlobs(new Set());
  expect(await make(2, { seed: 5 })).toEqual(first);
  const other = await make(2, { seed: 6 });
  expect(other.music!.blob).not.toBe(first.music!.blob);
});

test('a very short clip gets a soundtrack too', async () => {
  const { music } = await make(0.1, { kind: 'music' });
  const { left } = await readStem(music!, 0, 4800);
  expect(left.every(Number.isFinite)).toBe(true);
  expect(music!.samples).toBe(4800);
});

test('progress is reported, and an aborted soundtrack rejects with an AbortError and leaves the next one alone', async () => {
  const reports: number[] = [];
  await make(4, {}, { ...quiet(), onProgress: (fraction) => reports.push(fraction) });
  expect(reports.length).toBeGreaterThan(2);
  expect(reports).toEqual([...reports].sort((a, b) => a - b));
  const abort = new AbortController();
  const aborted = make(60, {}, { signal: abort.signal, onProgress: () => abort.abort() });
  await expect(aborted).rejects.toMatchObject({ name: 'AbortError' });
  await expect(make(1, { kind: 'music' })).resolves.toMatchObject({ durationSeconds: 1 });
});

test('a generator that does not exist is named, and a server without a line to it is refused', async () => {
  await expect(make(1, { music: { generator: 'gramophone' } })).rejects.toThrow(/"soundtrack\.music/);
  const asked = { engine: 'tiny', candidates: 1, steps: 25, guidance: 3.5, candidate: 0 };
  await expect(make(1, { effects: { generator: 'server', ...asked } })).rejects.toThrow(/generate it again/);
});

/** The names of cached files in the blob folder. */
async function keptNames(prefix: string): Promise<string[]> {
  const names = await Array.fromAsync((await blobFolder()).keys());
  return names.filter((name) => name.startsWith(prefix)).sort();
}

test('an edited score is played as it stands, and what an edit leaves alone keeps its samples', async () => {
  await sweepBlobs(new Set());
  const planned = await make(3);
  const score = structuredClone(planned.score!);
  score.layers[0]!.gainDb -= 6;
  const edited = await make(3, { score });
  expect(edited.score).toEqual(score);
  expect(edited.music).toEqual(planned.music);
  expect(edited.effects!.blob).not.toBe(planned.effects!.blob);

  const tracks = await keptNames('track-effects-');
  expect(tracks.length).toBe(new Set(score.layers.map(({ recipe }) => recipe)).size);
  score.music!.parts[0]!.isMuted = true;
  score.layers[0]!.pan = -0.5;
  const again = await make(3, { score });
  expect(await keptNames('track-effects-')).toEqual(tracks);
  expect(again.music!.blob).not.toBe(edited.music!.blob);

  // With and without cached parts the result is the same, byte for byte.
  await sweepBlobs(new Set());
  const afresh = await make(3, { score });
  expect([afresh.music, afresh.effects]).toEqual([again.music, again.effects]);
});

test('another seed plays the same edited lanes in another way', async () => {
  const { score } = await make(2);
  const other = await make(2, { score, seed: 9 });
  expect(other.score).toEqual({ ...score, seed: 9 });
  expect(other.music!.blob).not.toBe((await make(2, { score })).music!.blob);
});

test('a rendering that was stopped leaves no half track behind that is read later', async () => {
  await sweepBlobs(new Set());
  const { score } = await make(20);
  const edited = { ...score!, layers: score!.layers.map((layer) => ({ ...layer, gainDb: -10 })) };
  const abort = new AbortController();
  const onProgress = (fraction: number) => fraction > 0.2 && abort.abort();
  const stopped = make(20, { score: edited }, { signal: abort.signal, onProgress });
  await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
  const whole = await make(20, { score: edited });
  await sweepBlobs(new Set());
  expect((await make(20, { score: edited })).effects).toEqual(whole.effects);
});
