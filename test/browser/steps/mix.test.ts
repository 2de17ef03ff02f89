import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OptionsOf } from '#lib/job/entry.ts';
import { optionsByStep } from '#lib/job/options.ts';
import type { Stem } from '#lib/job/entries/soundtrack.ts';
import { mixStep, mixWavs } from '#lib/steps/mix/mix.ts';
import { readBlob, sweepBlobs } from '#lib/worker/blob-store.ts';
import { readStem } from '#lib/worker/stem-reader.ts';
import { WorkerClient } from '#lib/worker/worker-client.ts';
import { makeSound } from '../../fixtures/media/make-sound.ts';
import { asEntry, outputOf, quiet } from '../../fixtures/media/step-context.ts';
import type { StemsApi, Tone } from '../../fixtures/workers/stems.worker.ts';
import StemsWorker from '../../fixtures/workers/stems.worker.ts?worker';

const SECONDS = 6;
const SAMPLES = SECONDS * 48_000;
const worker = new WorkerClient<StemsApi>(StemsWorker);
const write = (tone: Tone) =>
  worker.call(new AbortController().signal, (api) => api.write(SAMPLES, tone, tone));
let music: Stem, effects: Stem, original: Stem;

beforeAll(async () => {
  music = await write({ hertz: 400, levelDb: -20 });
  effects = await write({ hertz: 1500, levelDb: -20 });
  original = await write({ hertz: 3000, levelDb: -20, fromSeconds: 2, toSeconds: 4 });
});
afterAll(async () => {
  worker.close();
  await sweepBlobs(new Set());
});

/** Two scenes that meet in the middle. */
const SCENES = [
  { id: '0', startSeconds: 0, endSeconds: SECONDS / 2, like: null },
  { id: String(SECONDS * 500), startSeconds: SECONDS / 2, endSeconds: SECONDS, like: null },
];

interface Given {
  music: Stem | null;
  effects: Stem | null;
  original: Stem | null;
  voice?: Stem | null;
  voiceActivity?: number[];
  durationSeconds?: number;
}

function mix(given: Given, options: object = {}, context = quiet()) {
  const { durationSeconds = SECONDS } = given;
  const activity = Array.from({ length: SECONDS * 10 }, (_, index) => (index >= 20 && index < 40 ? 1 : 0));
  const heard = { stem: given.original, activity, stepSeconds: 0.1, readBy: 'webcodecs' as const, why: '' };
  const { music, effects, voice = null, voiceActivity = [] } = given;
  const inputs = {
    assemble: asEntry('assemble', {
      music,
      effects,
      voice,
      voiceActivity,
      stepSeconds: 0.1,
      durationSeconds,
    }),
    'source-audio': asEntry('source-audio', heard),
    scenes: asEntry('scenes', { boundaries: [], scenes: SCENES, onsets: [] }),
  };
  const read: OptionsOf<'mix'> = optionsByStep({ mix: options }).all.mix;
  return outputOf(mixStep.run(inputs, read, context));
}

/** Amplitude of a frequency in a section of a stem, dBFS. */
async function level(stem: Stem, hertz: number, fromSeconds: number, toSeconds: number): Promise<number> {
  const count = Math.round((toSeconds - fromSeconds) * 48_000);
  const { left } = await readStem(stem, Math.round(fromSeconds * 48_000), count);
  let real = 0;
  let imaginary = 0;
  left.forEach((sample, index) => {
    real += sample * Math.cos((2 * Math.PI * hertz * index) / 48_000);
    imaginary += sample * Math.sin((2 * Math.PI * hertz * index) / 48_000);
  });
  return 20 * Math.log10((2 * Math.hypot(real, imaginary)) / count + 1e-9);
}

test.for([-9, -14, -16, -23])(
  'a mix meets %i LUFS within 0.3 LU and stays below -1 dBTP',
  async (loudnessLufs) => {
    const { stem, durationSeconds } = await mix({ music, effects, original }, { loudnessLufs });
    expect(Math.abs(stem.loudnessLufs! - loudnessLufs)).toBeLessThanOrEqual(0.3);
    expect(stem.truePeakDb).toBeLessThanOrEqual(-1);
    expect([stem.samples, durationSeconds]).toEqual([SAMPLES, SECONDS]);
  },
);

test('the original is kept, and music and effects go down under it and come back', async () => {
  const { stem } = await mix({ music, effects, original }, { duckDb: 12 });
  const before = await level(stem, 400, 1, 1.8);
  expect(await level(stem, 3000, 2.5, 3.9)).toBeGreaterThan(before - 1);
  expect(before - (await level(stem, 400, 3, 3.9))).toBeCloseTo(12, 0);
  expect((await level(stem, 1500, 1, 1.8)) - (await level(stem, 1500, 3, 3.9))).toBeCloseTo(12, 0);
  expect(Math.abs(before - (await level(stem, 400, 5.3, 5.45)))).toBeLessThan(3);
});

test('in a muted scene only the original is left', async () => {
  const { stem } = await mix({ music, effects, original }, { mutedScenes: [SCENES[0]!.id], duckDb: 0 });
  for (const hertz of [400, 1500]) {
    expect(await level(stem, hertz, 1, 1.8)).toBeLessThan(-70);
    expect(await level(stem, hertz, 4.2, 5)).toBeGreaterThan(-40);
  }
  expect(await level(stem, 3000, 2.2, 2.8)).toBeGreaterThan(-40);
});

test('a voice is kept, and music and effects go down under it', async () => {
  const voiceActivity = Array.from({ length: SECONDS * 10 }, (_, step) => (step >= 20 && step < 40 ? 1 : 0));
  const { stem } = await mix(
    { music, effects, original: null, voice: original, voiceActivity },
    { duckDb: 12 },
  );
  const before = await level(stem, 400, 1, 1.8);
  expect(await level(stem, 3000, 2.5, 3.9)).toBeGreaterThan(before - 1);
  expect(before - (await level(stem, 400, 3, 3.9))).toBeCloseTo(12, 0);
  const muted = await mix(
    { music, effects, original: null, voice: original, voiceActivity },
    { duckDb: 12, voice: { isMuted: true } },
  );
  expect(await level(muted.stem, 3000, 2.5, 3.9)).toBeLessThan(-70);
  expect(
    Math.abs((await level(muted.stem, 400, 1, 1.8)) - (await level(muted.stem, 400, 3, 3.9))),
  ).toBeLessThan(0.1);
});

test('a muted original ducks nothing', async () => {
  const { stem } = await mix({ music, effects: null, original }, { original: { isMuted: true } });
  expect(Math.abs((await level(stem, 400, 1, 1.8)) - (await level(stem, 400, 3, 3.9)))).toBeLessThan(0.1);
  expect(await level(stem, 3000, 2.5, 3.9)).toBeLessThan(-70);
});

/** How much louder the effects are than the music, dB. */
async function lead(options: object): Promise<number> {
  const { stem } = await mix({ music, effects, original: null }, options);
  return (await level(stem, 1500, 1, 5)) - (await level(stem, 400, 1, 5));
}

test('the balance weighs music against effects', async () => {
  const even = await lead({});
  // The ambience of the effects lies under the music, although both stems are as loud here.
  expect(even).toBeLessThan(-5);
  expect((await lead({ balance: 0.8 })) - even).toBeCloseTo(20 * Math.log10(Math.tan(0.4 * Math.PI)), 1);
});

test('faders and solo are heard', async () => {
  expect((await lead({})) - (await lead({ effects: { gainDb: -9 } }))).toBeCloseTo(9, 1);
  const solo = await mix({ music, effects, original }, { effects: { isSolo: true } });
  expect(await level(solo.stem, 400, 1, 5)).toBeLessThan(-70);
});

test('the mix fades in and out', async () => {
  const { stem } = await mix(
    { music, effects: null, original: null },
    { fadeInSeconds: 1, fadeOutSeconds: 2 },
  );
  const middle = await level(stem, 400, 2, 3);
  expect(middle - (await level(stem, 400, 0.49, 0.51))).toBeCloseTo(6, 0);
  expect(middle - (await level(stem, 400, 4.99, 5.01))).toBeCloseTo(6, 0);
  expect(await level(stem, 400, 5.98, 6)).toBeLessThan(middle - 40);
});

test('a mix lasts as long as the soundtrack, whatever the stems are like', async () => {
  const { stem } = await mix({ music, effects: null, original, durationSeconds: 7.25 });
  expect(stem.samples).toBe(7.25 * 48_000);
  expect((await readBlob(stem.blob)).size).toBe(44 + 7.25 * 48_000 * 4);
});

test('a silent sum stays silence', async () => {
  const silence = await write({ hertz: 1, levelDb: -Infinity });
  const silent = await mix({ music: silence, effects: null, original: null });
  expect([silent.stem.loudnessLufs, silent.stem.truePeakDb, silent.gainDb]).toEqual([null, null, 0]);
  const empty = await mix({ music: null, effects: null, original: null });
  expect([empty.stem.truePeakDb, empty.stem.samples]).toEqual([null, SAMPLES]);
});

test('near silence is raised by 30 dB at most', async () => {
  const faint = await write({ hertz: 1000, levelDb: -62 });
  const { stem, gainDb } = await mix({ music: faint, effects: null, original: null });
  expect(gainDb).toBe(30);
  expect(stem.loudnessLufs).toBeLessThan(-31);
});

test('the same stems and options give the same mix', async () => {
  const first = await mix({ music, effects, original });
  expect(await mix({ music, effects, original })).toEqual(first);
});

test('progress is reported, and an aborted mix rejects with an AbortError', async () => {
  const reports: number[] = [];
  await mix(
    { music, effects, original },
    {},
    { ...quiet(), onProgress: (fraction) => reports.push(fraction) },
  );
  expect(reports.at(-1)).toBeGreaterThan(0.9);
  expect(reports).toEqual([...reports].sort((a, b) => a - b));
  const abort = new AbortController();
  const aborted = mix({ music, effects, original }, {}, quiet(abort.signal));
  abort.abort();
  await expect(aborted).rejects.toMatchObject({ name: 'AbortError' });
});

test('a missing stem has an error of its own name', async () => {
  const gone = { ...music, blob: `sha256-${'0'.repeat(64)}` as const };
  const refused = mix({ music: gone, effects: null, original: null });
  await expect(refused).rejects.toMatchObject({ name: 'BlobMissingError' });
});

test('WAV files of any rate can be mixed without a job', async () => {
  const recipe = { container: 'wav', codec: 'pcm-s16', seconds: 3 } as const;
  const files = {
    music: await makeSound({ ...recipe, sampleRate: 44_100, hertz: [400] }),
    original: await makeSound({ ...recipe, sampleRate: 16_000, hertz: [3000, 3000], seconds: 2 }),
  };
  const { stem, durationSeconds } = await mixWavs(
    files,
    optionsByStep({ mix: { duckDb: 0 } }).all.mix,
    quiet(),
  );
  expect([stem.samples, durationSeconds]).toEqual([144_000, 3]);
  expect(await level(stem, 400, 2.1, 2.4)).toBeGreaterThan(-25);
  expect(await level(stem, 3000, 0.5, 1.5)).toBeGreaterThan(-25);
  expect(await level(stem, 3000, 2.1, 2.4)).toBeLessThan(-70);
});

test('no file, or one that is no WAV, is refused in a sentence', async () => {
  const options = optionsByStep({}).all.mix;
  await expect(mixWavs({}, options, quiet())).rejects.toThrow('At least one WAV file');
  const refused = mixWavs({ music: new Blob(['no sound']) }, options, quiet());
  await expect(refused).rejects.toMatchObject({ name: 'WavError' });
});
