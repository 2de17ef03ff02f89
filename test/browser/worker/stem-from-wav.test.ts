import { afterAll, expect, test } from 'vitest';
import type { Stem } from '#lib/job/entries/soundtrack.ts';
import { sweepBlobs } from '#lib/worker/blob-store.ts';
import { readStem } from '#lib/worker/stem-reader.ts';
import { WorkerClient } from '#lib/worker/worker-client.ts';
import { makeWav, wavSample, wavStep, WAV_ENCODINGS, type WavRecipe } from '../../fixtures/media/make-wav.ts';
import type { StemsApi } from '../../fixtures/workers/stems.worker.ts';
import StemsWorker from '../../fixtures/workers/stems.worker.ts?worker';

const worker = new WorkerClient<StemsApi>(StemsWorker);
const { signal } = new AbortController();
const take = (wav: Blob) => worker.call(signal, (api) => api.take(wav));
afterAll(async () => {
  worker.close();
  await sweepBlobs(new Set());
});

/** A stem has 16 bits, with dither. */
const DITHER = 1.6 / 32_768;
/** Tolerance of the resampler's filter well within the file, and the distance from its ends. */
const FILTER = 2e-4;
const EDGE_SECONDS = 0.005;

/** The largest error of a channel. */
async function worstError(
  stem: Stem,
  wanted: (frame: number) => { left: number; right: number },
  edgeFrames = 0,
): Promise<number> {
  const { left, right } = await readStem(stem, 0, stem.samples);
  let worst = 0;
  for (let frame = edgeFrames; frame < stem.samples - edgeFrames; frame++) {
    const should = wanted(frame);
    worst = Math.max(worst, Math.abs(left[frame]! - should.left), Math.abs(right[frame]! - should.right));
  }
  return worst;
}

/** The tones of a stereo file at 48 kHz. */
const tones = (frame: number) => ({ left: wavSample(0, frame, 48_000), right: wavSample(1, frame, 48_000) });

test.for(WAV_ENCODINGS)('a file of %s becomes a stem of as many samples', async (encoding) => {
  const stem = await take(makeWav({ encoding, frames: 5001 }));
  expect(stem.samples).toBe(5001);
  expect(await worstError(stem, tones)).toBeLessThan(wavStep(encoding) + DITHER);
});

test.for([22_050, 44_100, 96_000])(
  '%i Hz become 48 kHz, of the same length and not shifted',
  async (sampleRate) => {
    const frames = 12_345;
    const stem = await take(makeWav({ encoding: 's24', sampleRate, frames }));
    expect(stem.samples).toBe(Math.round((frames * 48_000) / sampleRate));
    expect(await worstError(stem, tones, EDGE_SECONDS * 48_000)).toBeLessThan(FILTER + DITHER);
  },
);

test('mono goes to both sides', async () => {
  const stem = await take(makeWav({ encoding: 's24', channels: 1, frames: 700 }));
  const tone = (frame: number) => ({ left: wavSample(0, frame, 48_000), right: wavSample(0, frame, 48_000) });
  expect(await worstError(stem, tone)).toBeLessThan(DITHER);
});

test('5.1 is mixed down, without its low frequency effects', async () => {
  const stem = await take(
    makeWav({ encoding: 'f32', channels: 6, frames: 3000, isExtensible: true, level: 0.2 }),
  );
  const channel = (index: number, frame: number) => wavSample(index, frame, 48_000, 0.2);
  const mixed = (frame: number) => {
    const [left, right, centre, , backLeft, backRight] = [0, 1, 2, 3, 4, 5].map((index) =>
      channel(index, frame),
    );
    return {
      left: left! + Math.SQRT1_2 * (centre! + backLeft!),
      right: right! + Math.SQRT1_2 * (centre! + backRight!),
    };
  };
  expect(await worstError(stem, mixed)).toBeLessThan(DITHER);
});

const unusual: WavRecipe[] = [
  { encoding: 's24', isExtensible: true },
  { encoding: 's16', hasOddChunk: true },
  { encoding: 's24', isRf64: true, hasOddChunk: true },
];
test.for(unusual)('chunks before the samples change nothing: %o', async (recipe) => {
  const stem = await take(makeWav(recipe));
  expect(stem.samples).toBe(1000);
  expect(await worstError(stem, tones)).toBeLessThan(DITHER);
});

test('a truncated file has the length of the rest', async () => {
  const file = makeWav({ encoding: 's24', frames: 4000 });
  const stem = await take(file.slice(0, 44 + 3000 * 6 + 5));
  expect(stem.samples).toBe(3000);
  expect(await worstError(stem, tones)).toBeLessThan(DITHER);
});

test('another file is refused in one sentence, and nothing of it stays', async () => {
  await expect(take(new Blob(['ID3 and so on, but no WAV']))).rejects.toMatchObject({
    name: 'WavError',
    message: 'A WAV file was wanted, but this one does not begin like one.',
  });
  await expect(worker.call(signal, (api) => api.unfinished())).resolves.toBe(0);
});
