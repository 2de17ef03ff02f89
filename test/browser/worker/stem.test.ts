import { afterAll, expect, test } from 'vitest';
import { readWavHeader } from '#lib/media/audio/wav.ts';
import { readBlob, sweepBlobs } from '#lib/worker/blob-store.ts';
import { readStem } from '#lib/worker/stem-reader.ts';
import { WorkerClient } from '#lib/worker/worker-client.ts';
import type { StemsApi } from '../../fixtures/workers/stems.worker.ts';
import StemsWorker from '../../fixtures/workers/stems.worker.ts?worker';

const worker = new WorkerClient<StemsApi>(StemsWorker);
const { signal } = new AbortController();
afterAll(async () => {
  worker.close();
  await sweepBlobs(new Set());
});

const tone = { hertz: 997, levelDb: -23 };
const write = (samples: number, left = tone, right = tone) =>
  worker.call(signal, (api) => api.write(samples, left, right));

test('a stem is a WAV of exactly the announced length, with its loudness', async () => {
  const stem = await write(100_001);
  const file = await readBlob(stem.blob);
  const layout = readWavHeader(new Uint8Array(await file.slice(0, 44).arrayBuffer()), file.size);
  expect(layout).toMatchObject({ sampleRate: 48_000, channels: 2, frames: 100_001 });
  expect(file.size).toBe(44 + 100_001 * 4);
  expect(stem.samples).toBe(100_001);
  expect(stem.loudnessLufs).toBeCloseTo(-23, 1);
  expect(stem.truePeakDb).toBeCloseTo(-23, 1);
});

test('the browser decodes what was written', async () => {
  const stem = await write(24_000, tone, { hertz: 500, levelDb: -6 });
  const context = new OfflineAudioContext(2, 24_000, 48_000);
  const decoded = await context.decodeAudioData(await (await readBlob(stem.blob)).arrayBuffer());
  const read = await readStem(stem, 0, 24_000);
  expect(decoded.length).toBe(24_000);
  for (const [channel, samples] of [read.left, read.right].entries()) {
    const other = decoded.getChannelData(channel);
    expect(Math.max(...samples.map((sample, i) => Math.abs(sample - other[i]!)))).toBeLessThan(1e-4);
  }
  expect(Math.max(...read.right)).toBeCloseTo(0.501, 2);
});

test('its waveform has a byte per section', async () => {
  const stem = await write(96_000, { hertz: 997, levelDb: -6 });
  const peaks = new Uint8Array(await (await readBlob(stem.peaks)).arrayBuffer());
  expect(peaks).toHaveLength(200);
  expect(peaks.every((peak) => peak >= 126 && peak <= 130)).toBe(true);
});

test('silence has neither loudness nor peak', async () => {
  const silence = { hertz: 1, levelDb: -Infinity };
  const stem = await write(48_000, silence, silence);
  expect([stem.loudnessLufs, stem.truePeakDb]).toEqual([null, null]);
});

test('a section is read from anywhere, with silence beyond the ends', async () => {
  const stem = await write(1000);
  const whole = await readStem(stem, 0, 1000);
  const middle = await readStem(stem, 123, 50);
  expect(middle.left).toEqual(whole.left.slice(123, 173));
  const around = await readStem(stem, -10, 1020);
  expect(around.left.slice(10, 1010)).toEqual(whole.left);
  expect([...around.left.slice(0, 10), ...around.left.slice(1010)].every((sample) => sample === 0)).toBe(
    true,
  );
  expect((await readStem(stem, 5000, 10)).left).toEqual(new Float32Array(10));
});

test('the same sound gives the same stem, in pieces of any length', async () => {
  const whole = await worker.call(signal, (api) => api.write(50_000, tone, tone, 50_000));
  const pieces = await worker.call(signal, (api) => api.write(50_000, tone, tone, 333));
  expect(pieces).toEqual(whole);
});

test.for([
  [100, 99],
  [100, 101],
] as const)(
  'a stem opened for %i samples refuses %i and leaves nothing behind',
  async ([announced, written]) => {
    const refused = worker.call(signal, (api) => api.writeOther(announced, written));
    await expect(refused).rejects.toMatchObject({ name: 'TypeError' });
    await expect(worker.call(signal, (api) => api.unfinished())).resolves.toBe(0);
  },
);

test('a stem of an hour more than a WAV can hold is refused before anything is written', async () => {
  const refused = worker.call(signal, (api) => api.writeOther(48_000 * 3600 * 7, 0));
  await expect(refused).rejects.toMatchObject({ name: 'WavError' });
});
