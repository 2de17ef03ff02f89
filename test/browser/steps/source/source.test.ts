import { createMD5 } from 'hash-wasm';
import * as v from 'valibot';
import { afterAll, expect, test } from 'vitest';
import { SCHEMAS } from '#lib/job/entry.ts';
import { readSource } from '#lib/steps/source/source.ts';
import { WorkerClient } from '#lib/worker/worker-client.ts';
import { blobFolder, readBlob, sweepBlobs } from '#lib/worker/blob-store.ts';
import * as pictures from '../../../fixtures/media/make-picture.ts';
import { makeVideo } from '../../../fixtures/media/make-video.ts';
import type { KeepFileApi } from '../../../fixtures/workers/keep-file.worker.ts';
import KeepFileWorker from '../../../fixtures/workers/keep-file.worker.ts?worker';
import { quiet } from '../../../fixtures/media/step-context.ts';

const read = (file: File) => readSource(file, quiet());
afterAll(() => sweepBlobs(new Set()));

test('a video gets every field of its entry', async () => {
  const file = await makeVideo({ frames: 30, frameRate: 10, hasSound: true }, 'my film.mp4');
  const source = await read(file);
  expect(v.safeParse(SCHEMAS.source.output, source).success).toBe(true);
  expect(source).toMatchObject({
    ...{ kind: 'video', name: 'my film.mp4', bytes: file.size, mimeType: 'video/mp4', container: 'mp4' },
    ...{ width: 320, height: 180, rotationDegrees: 0, startSeconds: 0, frameRate: 10, isHdr: false },
    ...{ discardedTracks: [], readBy: 'mediabunny' },
    audioTracks: [{ codec: 'opus', channels: 1, sampleRate: 48_000, isDecodable: true }],
  });
  expect(source.durationSeconds).toBeCloseTo(3, 3);
  expect(source.videoCodec).toMatch(/^vp09/);
});

test('its bytes are stored once, under their MD5', async () => {
  await sweepBlobs(new Set());
  const file = await makeVideo();
  const bytes = new Uint8Array(await file.arrayBuffer());
  const md5 = (await createMD5()).update(bytes).digest('hex');
  const [first, second] = [await read(file), await read(new File([bytes], 'another name.mov'))];
  expect([first.md5, first.blob, second.blob]).toEqual([md5, `md5-${md5}`, `md5-${md5}`]);
  expect(new Uint8Array(await (await readBlob(first.blob)).arrayBuffer())).toEqual(bytes);
  expect(await Array.fromAsync((await blobFolder()).keys())).toEqual([`md5-${md5}`]);
});

test('a file of many pieces is copied and hashed completely, and reports progress', async () => {
  const film = await makeVideo({ container: 'index-last' });
  // Free space of 9 MB after the film: three pieces.
  const free = new Uint8Array(9 << 20).fill(7);
  new DataView(free.buffer).setUint32(0, free.length);
  free.set([0x66, 0x72, 0x65, 0x65], 4);
  const file = new File([film, free], 'long.mp4');
  const steps: number[] = [];
  const { signal } = new AbortController();
  const source = await readSource(file, { signal, onProgress: (fraction) => steps.push(fraction) });
  const md5 = (await createMD5()).update(new Uint8Array(await file.arrayBuffer())).digest('hex');
  expect(source.md5).toBe(md5);
  expect(steps.length).toBeGreaterThanOrEqual(3);
  expect(steps).toEqual(steps.toSorted((a, b) => a - b));
  expect(steps.at(-1)).toBe(1);
});

test('a rotated video has the displayed size', async () => {
  await expect(read(await makeVideo({ rotation: 90 }))).resolves.toMatchObject({
    ...{ width: 180, height: 320, rotationDegrees: 90 },
  });
});

test('a video that starts late has its start, and its length from there', async () => {
  const source = await read(await makeVideo({ container: 'mkv', startSeconds: 2, frames: 20 }));
  expect(source.startSeconds).toBeCloseTo(2, 2);
  expect(source.durationSeconds).toBeCloseTo(2, 1);
});

test('a video of one picture has a length', async () => {
  const source = await read(await makeVideo({ frames: 1 }));
  expect(source.durationSeconds).toBeGreaterThan(0.02);
  expect(source.durationSeconds).toBeLessThan(0.2);
});

test.each([
  { container: 'webm', mimeType: 'video/webm' },
  { container: 'mkv', mimeType: 'video/x-matroska' },
] as const)('a $container is known by its bytes, whatever its name', async ({ container, mimeType }) => {
  await expect(read(await makeVideo({ container }, 'photo.jpg'))).resolves.toMatchObject({
    container,
    mimeType,
  });
});

test.each([
  ['jpeg', () => pictures.encodePicture('image/jpeg'), 64, 32, 'browser'],
  ['png', () => pictures.encodePicture('image/png'), 64, 32, 'browser'],
  ['webp', () => pictures.encodePicture('image/webp'), 64, 32, 'browser'],
  ['avif', () => pictures.tinyAvif(), 16, 8, 'browser'],
  ['gif', () => pictures.tinyGif(), 1, 1, 'browser'],
  ['bmp', () => pictures.plainBmp(), 4, 2, 'browser'],
  ['tiff', () => pictures.plainTiff(30, 20, [200, 100, 50]), 30, 20, 'ffmpeg'],
] as const)('a picture may be a %s', async (container, make, width, height, readBy) => {
  const source = await read(await make());
  expect(source).toMatchObject({
    ...{ kind: 'picture', container, mimeType: `image/${container}`, width, height, readBy },
    ...{ durationSeconds: null, frameRate: null, videoCodec: null, audioTracks: [] },
  });
});

test('a rotated photo has the displayed size', async () => {
  await expect(read(await pictures.turnedJpeg())).resolves.toMatchObject({ width: 32, height: 64 });
});

test('an aborted read rejects with an AbortError, and the next one works', async () => {
  const file = await makeVideo();
  const abort = new AbortController();
  const reading = readSource(file, { signal: abort.signal, onProgress: () => abort.abort() });
  await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
  await expect(read(file)).resolves.toMatchObject({ kind: 'video' });
});

test('a full device says so in one sentence, and keeps no incomplete file', async () => {
  await sweepBlobs(new Set());
  using worker = new WorkerClient<KeepFileApi>(KeepFileWorker);
  const large = new Blob([new Uint8Array(9 << 20)]);
  const { signal } = new AbortController();
  await expect(worker.call(signal, (api) => api.keepWhenFull(large))).rejects.toMatchObject({
    name: 'StorageFullError',
  });
  expect(await Array.fromAsync((await blobFolder()).keys())).toEqual([]);
});
