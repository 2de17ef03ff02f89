import { afterAll, expect, test } from 'vitest';
import { optionsByStep } from '#lib/job/options.ts';
import type { ObjectsOutput } from '#lib/job/entries/objects.ts';
import type { SourceOutput } from '#lib/job/entries/source.ts';
import type { PromptOutput } from '#lib/job/entries/prompt.ts';
import type { FeaturesOutput } from '#lib/job/entries/features.ts';
import { wavHeader } from '#lib/media/audio/wav.ts';
import type { AudioPart, JobResult } from '#lib/protocol/job-event.ts';
import type { GenerateSpec } from '#lib/protocol/job-request.ts';
import type { RemoteJobEvent } from '#lib/remote/remote-job.ts';
import { soundtrackStepOn, type SoundServer } from '#lib/steps/soundtrack/soundtrack.ts';
import { blobFolder, readBlob, sweepBlobs } from '#lib/worker/blob-store.ts';
import { readStem } from '#lib/worker/stem-reader.ts';
import { asEntry, quiet } from '../../fixtures/media/step-context.ts';

afterAll(() => sweepBlobs(new Set()));

const HERTZ = { music: 440, effects: 1000 };
const job = 'A'.repeat(22);

/** A WAV of a sine: each candidate a little quieter than the one before. */
function sine(kind: 'music' | 'effects', candidate: number, frames: number, rate: number, channels: number) {
  const samples = new Int16Array(frames * channels);
  for (let index = 0; index < samples.length; index++) {
    const phase = (2 * Math.PI * HERTZ[kind] * Math.floor(index / channels)) / rate;
    samples[index] = Math.round(Math.sin(phase) * (3000 - 500 * candidate));
  }
  const file = new Uint8Array(44 + samples.byteLength);
  file.set(wavHeader(frames, rate, channels));
  file.set(new Uint8Array(samples.buffer), 44);
  return file;
}

/** A job that makes sines: the events of a server, in chunks of 64 KiB. */
async function* sing(
  spec: GenerateSpec,
  rate: number,
  channels: number,
  ranking: number[],
): AsyncGenerator<RemoteJobEvent> {
  const kinds = (['music', 'effects'] as const).filter((kind) => spec[kind]);
  const parts: AudioPart[] = [];
  let offset = 0;
  yield { t: 'accepted', job, seq: 1, position: 0, etaMs: null };
  for (const kind of kinds)
    for (let candidate = 0; candidate < spec.candidates; candidate++) {
      const file = sine(kind, candidate, Math.round(spec.seconds * rate), rate, channels);
      const about = { index: parts.length, kind, candidate, offset, bytes: file.length };
      const part = { ...about, sampleRate: rate, channels };
      parts.push(part);
      offset += file.length;
      yield { t: 'part', job, seq: 1 + parts.length, part };
      for (let at = 0; at < file.length; at += 65_536)
        yield await Promise.resolve({ t: 'bytes', part, at, bytes: file.subarray(at, at + 65_536) });
    }
  const rank = (part: AudioPart) => ranking.indexOf(part.candidate);
  const result: JobResult = {
    ...{ engine: 'tiny', isPreview: true, seed: spec.seed, bytes: offset, queuedMs: 5, ranMs: 9 },
    weights: [{ name: 'tiny', revision: 'abc', licence: 'MIT' }],
    parts: parts.map((part) => ({ ...part, sha256: '' })).sort((a, b) => rank(a) - rank(b)),
  };
  yield { t: 'done', job, seq: 99, result };
}

function step(server: Partial<SoundServer> & { rate?: number; channels?: number; ranking?: number[] } = {}) {
  const { rate = 16_000, channels = 1, ranking = [0, 1, 2, 3] } = server;
  let jobs = 0;
  const made = soundtrackStepOn({
    isAvailable: () => true,
    follow(request) {
      jobs++;
      const events = sing(request.spec as GenerateSpec, rate, channels, ranking);
      return Promise.resolve(Object.assign(events, { leave: () => undefined }));
    },
    titleOf: () => 'Tiny',
    ...server,
  });
  return { made, jobs: () => jobs };
}

const text = { music: 'calm', effects: 'rain', negative: '' };
const regions = { sky: 0, sea: 0, vegetation: 0, fire: 0 };
const mood = { valence: 0, arousal: 0 };
const prompt: PromptOutput = { made: text, used: text, labels: [], mood };
const objects: ObjectsOutput = { detector: null, why: '', frames: [], labels: [], added: [], removed: [] };
const features: FeaturesOutput = { frames: [], mood, day: 1, outdoor: 1, regions, cuts: [] };

async function make(
  durationSeconds: number,
  choice: object = {},
  options: object = {},
  on = step(),
  context = quiet(),
) {
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
  const asked = { engine: 'tiny', candidates: 1, steps: 25, guidance: 3.5, candidate: 0, ...choice };
  const server = { generator: 'server', ...asked };
  const { soundtrack } = optionsByStep({ soundtrack: { music: server, effects: server, ...options } }).all;
  const { output, maker } = await on.made.run(inputs, soundtrack, context);
  const { music, effects, score } = output;
  return { maker, made: { music, effects }, music: music?.stem, effects: effects?.stem, score };
}

/** How often the left channel crosses zero upwards, per second. */
function hertz(samples: Float32Array): number {
  let count = 0;
  for (let index = 1; index < samples.length; index++)
    if (samples[index - 1]! < 0 && samples[index]! >= 0) count++;
  return (count * 48_000) / samples.length;
}

test.each([
  ['16 kHz mono', 16_000, 1],
  ['48 kHz stereo', 48_000, 2],
])(
  'sound of %s becomes stems of exactly the length of the film, at the level of this device',
  async (_, rate, channels) => {
    const on = step({ rate, channels });
    const { music, effects, made, maker, score } = await make(5.4321, {}, {}, on);
    expect([on.jobs(), score]).toEqual([1, null]);
    expect(maker).toEqual({
      ...{ where: 'server', name: 'tiny', title: 'Tiny', isPreview: true },
      weights: [{ name: 'tiny', revision: 'abc', licence: 'MIT' }],
    });
    for (const { fit, generatedSeconds, maker: own } of [made.music!, made.effects!])
      expect([fit, generatedSeconds, own]).toEqual(['whole', 5.44, maker]);
    for (const [stem, kind, lufs] of [
      [music!, 'music', -17],
      [effects!, 'effects', -20],
    ] as const) {
      expect(stem.samples).toBe(Math.round(5.4321 * 48_000));
      expect((await readBlob(stem.blob)).size).toBe(44 + stem.samples * 4);
      expect(Math.abs(stem.loudnessLufs! - lufs)).toBeLessThan(0.7);
      expect(stem.truePeakDb!).toBeLessThan(-0.9);
      expect(hertz((await readStem(stem, 48_000, 96_000)).left)).toBeCloseTo(HERTZ[kind], -0.5);
    }
  },
);

test('a film of less than a second gets a second that is trimmed', async () => {
  const { music, made } = await make(0.25, {}, { kind: 'music' });
  expect([music!.samples, made.music!.fit, made.music!.generatedSeconds]).toEqual([12_000, 'trimmed', 1]);
  const { left } = await readStem(music!, 11_990, 10);
  expect(Math.max(...left.map(Math.abs))).toBeLessThan(0.01);
});

test('a film of more than 300 seconds gets 300 that are repeated', async () => {
  const { music, made } = await make(330, {}, { kind: 'music' });
  const { fit, generatedSeconds } = made.music!;
  expect([music!.samples, fit, generatedSeconds]).toEqual([330 * 48_000, 'repeated', 300]);
  const { left } = await readStem(music!, 310 * 48_000, 48_000);
  expect(hertz(left)).toBeCloseTo(440, -0.5);
});

test('candidates come best first from one job, and the same prompts give the same stems', async () => {
  const on = step({ ranking: [1, 0] });
  const [best, next] = [
    await make(2, { candidates: 2 }, {}, on),
    await make(2, { candidates: 2, candidate: 1 }, {}, on),
  ];
  expect(on.jobs()).toBe(1);
  expect(best.music!.blob).not.toBe(next.music!.blob);
  const unranked = await make(2, { candidates: 2 }, {}, step());
  expect(unranked.music!.blob).toBe(next.music!.blob);
});

test('arrived sound can be played before the rest: only the first candidate, near its level', async () => {
  const heard = { music: 0, effects: 0 };
  let loudest = 0;
  const on = step({
    onSound(kind, pcm) {
      heard[kind] += pcm.length / 2;
      loudest = Math.max(loudest, ...pcm.subarray(0, 2000));
    },
  });
  await make(8, { candidates: 2 }, {}, on);
  for (const frames of Object.values(heard)) expect(frames / 48_000).toBeCloseTo(8, 1);
  // A sine of -17 LUFS.
  expect(20 * Math.log10(loudest / 32_768)).toBeGreaterThan(-19);
  expect(20 * Math.log10(loudest / 32_768)).toBeLessThan(-10);
});

test('an aborted job rejects with an AbortError, and nothing unfinished stays behind', async () => {
  const abort = new AbortController();
  let fractions = 0;
  const context = {
    signal: abort.signal,
    onProgress: () => ++fractions === 6 && abort.abort(new DOMException('Cancelled.', 'AbortError')),
  };
  await expect(make(60, {}, {}, step(), context as never)).rejects.toMatchObject({ name: 'AbortError' });
  await sweepBlobs(new Set());
  const left = [];
  for await (const name of (await blobFolder()).keys()) left.push(name);
  expect(left).toEqual([]);
});

test('sound that is no WAV is refused', async () => {
  const on = step({
    follow: () =>
      Promise.resolve(
        Object.assign(
          (async function* (): AsyncGenerator<RemoteJobEvent> {
            const about = { index: 0, kind: 'music' as const, candidate: 0, offset: 0, bytes: 100 };
            const part = { ...about, sampleRate: 16_000, channels: 1 };
            yield await Promise.resolve({ t: 'bytes', part, at: 0, bytes: new Uint8Array(100) });
          })(),
          { leave: () => undefined },
        ),
      ),
  });
  await expect(make(2, {}, {}, on)).rejects.toMatchObject({ name: 'WavError' });
});

test('music from the server and effects of this device are one take', async () => {
  const on = step();
  const { made, maker, score } = await make(2, {}, { effects: { generator: 'synth' } }, on);
  expect(on.jobs()).toBe(1);
  expect(maker).toMatchObject({ where: 'server', name: 'tiny' });
  expect(made.music!.maker).toEqual(maker);
  expect(made.effects).toMatchObject({
    maker: { where: 'device', name: 'synth' },
    stem: { samples: 96_000 },
  });
  expect(score).toMatchObject({ music: null });
  expect(score!.layers.length + score!.events.length).toBeGreaterThan(0);
});
