import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Clip } from '#lib/job/entries/assemble.ts';
import type { SoundtrackOutput, Stem } from '#lib/job/entries/soundtrack.ts';
import type { Score } from '#lib/job/score.ts';
import { deviceMaker } from '#lib/job/maker.ts';
import { assemble, assembleStep } from '#lib/steps/assemble/assemble.ts';
import { readBlob, sweepBlobs } from '#lib/worker/blob-store.ts';
import { readStem } from '#lib/worker/stem-reader.ts';
import { WorkerClient } from '#lib/worker/worker-client.ts';
import { asEntry, outputOf, quiet } from '../../fixtures/media/step-context.ts';
import type { StemsApi, Tone } from '../../fixtures/workers/stems.worker.ts';
import StemsWorker from '../../fixtures/workers/stems.worker.ts?worker';

const SECONDS = 6;
const worker = new WorkerClient<StemsApi>(StemsWorker);
const write = (tone: Tone, seconds = SECONDS) =>
  worker.call(new AbortController().signal, (api) => api.write(seconds * 48_000, tone, tone));
let music: Stem, effects: Stem, sound: Stem;

beforeAll(async () => {
  music = await write({ hertz: 400, levelDb: -20 });
  effects = await write({ hertz: 1500, levelDb: -20 });
  sound = await write({ hertz: 1000, levelDb: -14 }, 2);
});
afterAll(async () => {
  worker.close();
  await sweepBlobs(new Set());
});

const made = (stem: Stem) => ({
  ...{ stem, maker: deviceMaker('synth'), fit: 'whole' as const, generatedSeconds: SECONDS },
});
const soundtrack = (score: Score | null = null): SoundtrackOutput => ({
  ...{ durationSeconds: SECONDS, music: made(music), effects: made(effects), score },
});
const clip = (change: Partial<Clip>): Clip => ({
  ...{ id: 'a', track: 'voice', name: 'a', startSeconds: 2, endSeconds: 4, offsetSeconds: 0 },
  ...{ fadeInSeconds: 0, fadeOutSeconds: 0, gainDb: 0, gainLine: [], panLine: [] },
  ...{ isMuted: false, replaces: false, source: { from: 'file' as const, ...sound } },
  ...change,
});
const bytesOf = async ({ blob }: Stem) => new Uint8Array(await (await readBlob(blob)).arrayBuffer());

async function rms(stem: Stem, from: number, to: number): Promise<number> {
  const count = Math.round((to - from) * 48_000);
  const { left } = await readStem(stem, Math.round(from * 48_000), count);
  return Math.sqrt(left.reduce((sum, sample) => sum + sample * sample, 0) / count);
}

test('without clips, or with muted ones, the stems are those of the soundtrack', async () => {
  for (const clips of [[], [clip({ isMuted: true })], [clip({ gainDb: -60 })]]) {
    const inputs = { soundtrack: asEntry('soundtrack', soundtrack()) };
    const output = await outputOf(assembleStep.run(inputs, { clips }, quiet()));
    expect(output).toEqual({
      ...{ music, effects, voice: null, voiceActivity: [], stepSeconds: 0.1, durationSeconds: SECONDS },
    });
  }
});

test('a voice becomes a stem as long as the film, with its activity; other tracks keep their blobs', async () => {
  const output = await assemble({ soundtrack: soundtrack(), clips: [clip({})] }, quiet());
  expect([output.music, output.effects]).toEqual([music, effects]);
  expect(output.voice!.samples).toBe(SECONDS * 48_000);
  expect(await rms(output.voice!, 0, 1.99)).toBe(0);
  expect(await rms(output.voice!, 2.1, 3.9)).toBeCloseTo(10 ** (-14 / 20) * Math.SQRT1_2, 2);
  const { voiceActivity } = output;
  expect(voiceActivity).toHaveLength(SECONDS * 10);
  expect(Math.max(...voiceActivity.slice(0, 19), ...voiceActivity.slice(42))).toBe(0);
  expect(Math.min(...voiceActivity.slice(21, 39))).toBeGreaterThan(0.8);
});

test('a sound on the music is added there, with its offset, and the bytes around it stay', async () => {
  const added = clip({ track: 'music', startSeconds: 1, endSeconds: 5, offsetSeconds: 0.5 });
  const output = await assemble({ soundtrack: soundtrack(), clips: [added] }, quiet());
  expect([output.effects, output.voice]).toEqual([effects, null]);
  const [before, after] = [await bytesOf(music), await bytesOf(output.music!)];
  expect(after.length).toBe(before.length);
  const at = (seconds: number) => 44 + seconds * 48_000 * 4;
  expect(after.subarray(0, at(1))).toEqual(before.subarray(0, at(1)));
  expect(after.subarray(at(5))).toEqual(before.subarray(at(5)));
  const usual = await rms(music, 1, 2);
  expect(await rms(output.music!, 1.1, 2.4)).toBeGreaterThan(usual * 1.8);
  // Its two seconds are over after one and a half.
  expect(await rms(output.music!, 2.6, 4)).toBeCloseTo(usual, 3);
});

test('a missing sound is an error that names it, and leaves no half-written file', async () => {
  const gone = { ...sound, blob: `sha256-${'0'.repeat(64)}` } as const;
  const lost = clip({ source: { from: 'file', ...gone } });
  await expect(assemble({ soundtrack: soundtrack(), clips: [lost] }, quiet())).rejects.toMatchObject({
    name: 'BlobMissingError',
  });
  expect(await worker.call(new AbortController().signal, (api) => api.unfinished())).toBe(0);
});

test('a part is played anew by the synthesiser, also where another generator made the take', async () => {
  const part = clip({
    ...{ track: 'effects', replaces: true, fadeInSeconds: 0.05, fadeOutSeconds: 0.05 },
    source: { from: 'synth', seed: 1, style: null, words: 'rain' },
  });
  const output = await assemble({ soundtrack: soundtrack(), clips: [part] }, quiet());
  const [before, after] = [await bytesOf(effects), await bytesOf(output.effects!)];
  const at = (seconds: number) => 44 + seconds * 48_000 * 4;
  expect(after.subarray(0, at(2))).toEqual(before.subarray(0, at(2)));
  expect(after.subarray(at(4))).toEqual(before.subarray(at(4)));
  expect(await rms(output.effects!, 2.2, 3.8)).toBeGreaterThan(0.001);
});
