import { registerAacEncoder } from '@mediabunny/aac-encoder';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inputPath } from '#lib/ffmpeg/ffmpeg-program.ts';
import { runFfmpeg } from '#lib/ffmpeg/run-ffmpeg.ts';
import type { Stem } from '#lib/job/entries/soundtrack.ts';
import { decodeSound, decodeWholeSound, sourceAudioStep } from '#lib/steps/source-audio/source-audio.ts';
import { readSource } from '#lib/steps/source/source.ts';
import { sweepBlobs } from '#lib/worker/blob-store.ts';
import { readStem } from '#lib/worker/stem-reader.ts';
import { makeSound, toneAt, withBrokenPackets } from '../../fixtures/media/make-sound.ts';
import { makeVideo } from '../../fixtures/media/make-video.ts';
import { asEntry, outputOf, quiet } from '../../fixtures/media/step-context.ts';
import { tinyWav } from '../../fixtures/media/tiny-wav.ts';

beforeAll(() => registerAacEncoder());
afterAll(() => sweepBlobs(new Set()));

const decode = (file: Blob, durationSeconds: number, startSeconds = 0) =>
  decodeSound({ file, startSeconds, durationSeconds }, quiet());

/** Largest difference between a section of a stem and a tone whose second 0 is at sample `zero`. */
async function difference(
  stem: Stem,
  [left, right]: readonly [number, number],
  from: number,
  to: number,
  zero = 0,
): Promise<number> {
  const read = await readStem(stem, from, to - from);
  let largest = 0;
  for (let index = 0; index < to - from; index++) {
    const seconds = (from + index - zero) / 48_000;
    largest = Math.max(largest, Math.abs(read.left[index]! - toneAt(left, seconds)));
    largest = Math.max(largest, Math.abs(read.right[index]! - toneAt(right, seconds)));
  }
  return largest;
}

/** A file made by ffmpeg. */
async function withFfmpeg(
  args: string[],
  inputs = new Map<string, Blob>(),
  name = 'made.mp4',
): Promise<Blob> {
  const { signal } = new AbortController();
  const { outputs } = await runFfmpeg({ args: [...args, name], inputs, outputs: [name], signal });
  return new Blob([outputs.get(name)!]);
}

async function loudest(stem: Stem, from: number, to: number): Promise<number> {
  const { left, right } = await readStem(stem, from, to - from);
  return Math.max(...left.map(Math.abs), ...right.map(Math.abs));
}

const pcm = {
  container: 'wav',
  codec: 'pcm-s16',
  sampleRate: 48_000,
  hertz: [440, 1000],
  seconds: 2,
} as const;

test('48 kHz stereo comes out sample for sample, and exactly as long as the pictures', async () => {
  const { stem, readBy, why } = await decode(await makeSound(pcm), 1.5);
  expect([readBy, why, stem!.samples]).toEqual(['webcodecs', '', 72_000]);
  expect(await difference(stem!, [440, 1000], 0, 72_000)).toBeLessThan(0.0002);
});

test.for([8000, 22_050, 44_100, 96_000])('%i Hz becomes 48 kHz without drift', async (sampleRate) => {
  const { stem } = await decode(await makeSound({ ...pcm, sampleRate, seconds: 5 }), 5);
  expect(stem!.samples).toBe(240_000);
  expect(await difference(stem!, [440, 1000], 1000, 239_000)).toBeLessThan(0.001);
});

test('mono goes to both sides', async () => {
  const { stem } = await decode(await makeSound({ ...pcm, hertz: [440] }), 2);
  expect(await difference(stem!, [440, 440], 0, 96_000)).toBeLessThan(0.0002);
});

test('sample 0 is the first picture: what comes before is cut off', async () => {
  const { stem } = await decode(await makeSound(pcm), 1, 0.5);
  expect(await difference(stem!, [440, 1000], 0, 48_000, -24_000)).toBeLessThan(0.0002);
});

test('sound that begins after the pictures begins there, and ends in silence where they go on', async () => {
  const late = await makeSound({ ...pcm, container: 'mkv', seconds: 1, startSeconds: 0.75 });
  const { stem } = await decode(late, 3);
  expect(stem!.samples).toBe(144_000);
  expect(await loudest(stem!, 0, 35_900)).toBe(0);
  expect(await difference(stem!, [440, 1000], 36_100, 83_900)).toBeLessThan(0.001);
  expect(await loudest(stem!, 84_100, 144_000)).toBe(0);
});

test('AAC begins where the film says, not where the encoder warmed up', { timeout: 120_000 }, async () => {
  const wav = new Map([['sound.wav', await makeSound(pcm)]]);
  const aac = await withFfmpeg(['-i', inputPath('sound.wav'), '-c:a', 'aac', '-b:a', '256k'], wav);
  const { stem } = await decode(aac, 2);
  expect(await difference(stem!, [440, 1000], 2400, 93_000)).toBeLessThan(0.06);
});

test('a packet that cannot be decoded becomes silence, and the rest stays in place', async () => {
  const aac = await makeSound({ ...pcm, container: 'mp4', codec: 'aac', seconds: 4 });
  const { stem, why, readBy } = await decode(await withBrokenPackets(aac, new Set([60])), 4);
  expect(readBy).toBe('webcodecs');
  expect(why).toBe('Silence stands in for 1 broken packet of the sound track.');
  expect(stem!.samples).toBe(192_000);
  // This encoder does not declare its delay of 1024 samples.
  expect(await difference(stem!, [440, 1000], 20_000, 60_000, 1024)).toBeLessThan(0.06);
  expect(await difference(stem!, [440, 1000], 65_000, 190_000, 1024)).toBeLessThan(0.06);
});

test('sound that the browser has no decoder for is decoded by ffmpeg', { timeout: 120_000 }, async () => {
  const ac3 = await withFfmpeg(['-f', 'lavfi', '-i', 'sine=440:duration=2', '-ac', '2', '-c:a', 'ac3']);
  const { stem, readBy, why } = await decode(ac3, 1.9);
  expect(readBy).toBe('ffmpeg');
  expect(why).toBe('This browser has no decoder for the sound.');
  expect(stem!.samples).toBe(91_200);
  expect(await loudest(stem!, 20_000, 80_000)).toBeCloseTo(0.125, 1);
});

test(
  'ffmpeg decodes a minute at a time, and the minutes join without a seam',
  { timeout: 120_000 },
  async () => {
    const tone = ['-f', 'lavfi', '-i', 'aevalsrc=0.25*sin(2*PI*440*t):s=16000:d=62', '-c:a', 'pcm_s16le'];
    const { stem, readBy } = await decode(await withFfmpeg(tone, new Map(), 'made.avi'), 62);
    expect(readBy).toBe('ffmpeg');
    const seam = 60 * 48_000;
    expect(await difference(stem!, [440, 440], seam - 1000, seam + 1000)).toBeLessThan(0.01);
  },
);

test('a file that nobody can read gives no stem and says why', { timeout: 120_000 }, async () => {
  const output = await decode(new Blob([new Uint8Array(5000).fill(7)]), 2);
  expect(output).toMatchObject({ stem: null, activity: [], readBy: 'nothing' });
  expect(output.why).toMatch(/^Only ffmpeg knows this container\. ffmpeg could not/);
});

test('a silent sound track gives no stem', async () => {
  const output = await decode(await makeSound({ ...pcm, hertz: [0, 0] }), 2);
  expect(output).toMatchObject({ stem: null, readBy: 'webcodecs', why: 'The sound track is silent.' });
});

test('the activity has a value per tenth of a second', async () => {
  const late = await makeSound({ ...pcm, container: 'mkv', seconds: 1, startSeconds: 1 });
  const { activity, stepSeconds } = await decode(late, 3);
  expect([activity.length, stepSeconds]).toEqual([30, 0.1]);
  expect(Math.max(...activity.slice(0, 9))).toBe(0);
  expect(Math.min(...activity.slice(12, 19))).toBe(1);
});

test('the step reads the sound of a video from the blob store', async () => {
  const source = await readSource(await makeVideo({ hasSound: true }), quiet());
  const { stem, readBy } = await outputOf(
    sourceAudioStep.run({ source: asEntry('source', source) }, {}, quiet()),
  );
  expect(readBy).toBe('webcodecs');
  expect(stem!.samples).toBe(Math.round(source.durationSeconds! * 48_000));
  expect(stem!.loudnessLufs).toBeGreaterThan(-20);
});

test('a video without sound and a picture have no stem', async () => {
  const source = await readSource(await makeVideo(), quiet());
  const video = await outputOf(sourceAudioStep.run({ source: asEntry('source', source) }, {}, quiet()));
  expect(video).toMatchObject({ stem: null, readBy: 'nothing', why: 'The video has no sound track.' });
  const still = { ...source, kind: 'picture' as const, durationSeconds: null };
  const picture = await outputOf(sourceAudioStep.run({ source: asEntry('source', still) }, {}, quiet()));
  expect(picture).toMatchObject({ stem: null, why: 'A picture has no sound.' });
});

test('progress is reported, and an aborted decoding rejects with an AbortError', async () => {
  const file = await makeSound({ ...pcm, seconds: 20 });
  const reports: number[] = [];
  const request = { file, startSeconds: 0, durationSeconds: 20 };
  await decodeSound(request, { ...quiet(), onProgress: (fraction) => reports.push(fraction) });
  expect(reports.at(-1)).toBeGreaterThan(0.9);
  const abort = new AbortController();
  const aborted = decodeSound(request, quiet(abort.signal));
  abort.abort();
  await expect(aborted).rejects.toMatchObject({ name: 'AbortError' });
  await expect(decode(tinyWav(), 0.5)).resolves.toMatchObject({ readBy: 'webcodecs' });
});

test('without a job the time span of the pictures, or else of the sound, is decoded', async () => {
  const film = await decodeWholeSound(await makeVideo({ hasSound: true, frames: 15 }), quiet());
  expect(film.stem!.samples).toBe(72_000);
  const sound = await decodeWholeSound(await makeSound(pcm), quiet());
  expect(sound.stem!.samples).toBe(96_000);
  const neither = await decodeWholeSound(new Blob(['neither']), quiet());
  expect(neither.why).toBe('The length of this file is not known.');
});
