import { afterAll, expect, test } from 'vitest';
import type { FramesOutput } from '#lib/job/entries/frames.ts';
import type { SourceOutput } from '#lib/job/entries/source.ts';
import { append, createJob } from '#lib/job/job.ts';
import { optionsByStep } from '#lib/job/options.ts';
import { framesStep, grabFrame } from '#lib/steps/frames/frames.ts';
import { readSource } from '#lib/steps/source/source.ts';
import { blobFolder, readBlob, sweepBlobs } from '#lib/worker/blob-store.ts';
import { encodePicture, plainTiff, turnedJpeg } from '../../../fixtures/media/make-picture.ts';
import { makeVideo, readNumber } from '../../../fixtures/media/make-video.ts';
import { readPixel } from '../../../fixtures/media/read-pixel.ts';
import { asEntry, framesInputs, outputOf, quiet } from '../../../fixtures/media/step-context.ts';

const { signal } = new AbortController();
afterAll(() => sweepBlobs(new Set()));

const open = (file: File) => readSource(file, quiet());
const take = (source: SourceOutput, options: object = {}, ...cuts: number[]) =>
  outputOf(
    framesStep.run(framesInputs(source, ...cuts), optionsByStep({ frames: options }).all.frames, quiet()),
  );
const numbers = ({ frames }: FramesOutput) =>
  Promise.all(frames.map(async (frame) => readNumber(await readBlob(frame.blob))));
const column = (output: FramesOutput, key: 'askedSeconds' | 'takenSeconds') =>
  output.frames.map((frame) => Math.round(frame[key] * 1000) / 1000);

test('exact frames are the very pictures that are shown in the middles of equal parts', async () => {
  const output = await take(await open(await makeVideo({ frames: 40, keyEvery: 40 })), { mode: 'exact' });
  // 4 s: round(10 · log10(4)) = 6 parts of 0.667 s.
  expect(column(output, 'askedSeconds')).toEqual([0.333, 1, 1.667, 2.333, 3, 3.667]);
  expect(column(output, 'takenSeconds')).toEqual([0.3, 1, 1.6, 2.3, 3, 3.6]);
  expect(await numbers(output)).toEqual([3, 10, 16, 23, 30, 36]);
  expect(output).toMatchObject({ failed: [], readBy: 'webcodecs' });
});

test('near frames are key frames where one lies close, and early ones where none does', async () => {
  const output = await take(await open(await makeVideo({ frames: 40, keyEvery: 12 })), { mode: 'near' });
  // Key frames at 0, 1.2, 2.4 and 3.6 s; the reach is 0.35 · 0.667 = 0.233 s.
  expect(column(output, 'takenSeconds')).toEqual([0.1, 1.2, 1.4, 2.4, 2.7, 3.6]);
  expect(await numbers(output)).toEqual([1, 12, 14, 24, 27, 36]);
});

test('every scene has a frame of its own, however short it is, and every shot of a second', async () => {
  const source = await open(await makeVideo({ frames: 40, keyEvery: 12 }));
  const cuts = [0.5, 1.45, 1.6, 2.9];
  const { frames } = await take(source, { k: 1 }, ...cuts);
  const starts = [0, ...cuts];
  const counts = starts.map(
    (from, at) =>
      frames.filter(({ takenSeconds }) => takenSeconds >= from && takenSeconds < (starts[at + 1] ?? 4))
        .length,
  );
  expect(counts).toEqual([1, 1, 1, 1, 1]);
});

test('frames decoded ahead, and those of other scenes, are the same as those decoded at once', async () => {
  const cuts = [0.5, 1.45, 1.6, 2.9];
  const file = await makeVideo({ frames: 41, keyEvery: 12 });
  const source = await open(file);
  const atOnce = await take(source, {}, ...cuts);
  // Another video is in between, so nothing is known of this one.
  await take(await open(await makeVideo({ frames: 10 })));
  const options = optionsByStep({}).all.frames;
  const job = append(createJob(), asEntry('source', source));
  framesStep.prepare!(options, signal, job);
  const ahead = await take(source);
  const later = await take(source, {}, ...cuts);
  expect(later).toEqual(atOnce);
  expect(later.frames.length).toBeGreaterThan(ahead.frames.length);
  await sweepBlobs(new Set([source.blob]));
  expect(await take(source, {}, ...cuts)).toEqual(atOnce);
  expect((await readBlob(atOnce.frames[0]!.blob)).size).toBeGreaterThan(0);
});

test('no picture is taken twice, even when more are asked for than there are', async () => {
  const output = await take(await open(await makeVideo({ frames: 3, frameRate: 1, keyEvery: 1 })), { k: 40 });
  expect(await numbers(output)).toEqual([0, 1, 2]);
  expect(output.failed).toEqual([]);
});

test('a video of one picture gives that picture', async () => {
  const output = await take(await open(await makeVideo({ frames: 1 })));
  expect(await numbers(output)).toEqual([0]);
});

test('a video that starts late is asked from its first picture on', async () => {
  const source = await open(await makeVideo({ container: 'mkv', startSeconds: 2, frames: 20 }));
  const output = await take(source, { mode: 'exact' });
  expect(await numbers(output)).toEqual([3, 10, 16]);
  expect(Math.min(...column(output, 'takenSeconds'))).toBeGreaterThan(2);
});

test('frames are upright JPEGs of at most 640 pixels a side', async () => {
  const source = await open(await makeVideo({ width: 1280, height: 720, rotation: 90, frames: 5 }));
  const [frame] = (await take(source)).frames;
  expect(frame).toMatchObject({ width: 360, height: 640 });
  const jpeg = await readBlob(frame!.blob);
  expect([...new Uint8Array(await jpeg.slice(0, 2).arrayBuffer())]).toEqual([0xff, 0xd8]);
  // A quarter turn clockwise moves the top left (red) to the top right.
  const [red, , blue] = await readPixel(jpeg, 0.75, 0.25);
  expect(red).toBeGreaterThan(200);
  expect(blue).toBeLessThan(60);
});

test('a small video is not blown up', async () => {
  const [frame] = (await take(await open(await makeVideo({ width: 96, height: 64, frames: 5 })))).frames;
  expect(frame).toMatchObject({ width: 96, height: 64 });
});

test('what the browser cannot decode, ffmpeg takes, picture for picture the same', async () => {
  const file = await makeVideo({ container: 'mkv', codec: 'vp8', frames: 40, keyEvery: 40 });
  const source = await open(file);
  const byBrowser = await take(source, { mode: 'exact' });
  const byFfmpeg = await take({ ...source, readBy: 'ffmpeg' }, { mode: 'exact' });
  expect(byFfmpeg.readBy).toBe('ffmpeg');
  expect(await numbers(byFfmpeg)).toEqual(await numbers(byBrowser));
  expect(column(byFfmpeg, 'takenSeconds')).toEqual(column(byBrowser, 'takenSeconds'));
});

test('progress goes up to one', async () => {
  const source = await open(await makeVideo({ frames: 40 }));
  const steps: number[] = [];
  const context = { signal, onProgress: (fraction: number) => void steps.push(fraction) };
  await outputOf(framesStep.run(framesInputs(source), optionsByStep({}).all.frames, context));
  expect(steps).toEqual(steps.toSorted((a, b) => a - b));
  expect(steps.at(-1)).toBe(1);
});

test('a picture is its own frame, upright', async () => {
  const output = await take(await open(await turnedJpeg()));
  expect(output).toMatchObject({ readBy: 'browser', failed: [] });
  expect(output.frames).toMatchObject([{ askedSeconds: 0, takenSeconds: 0, width: 32, height: 64 }]);
  const [red] = await readPixel(await readBlob(output.frames[0]!.blob), 0.5, 0.25);
  expect(red).toBeGreaterThan(200);
});

test('a TIFF gives its frame by way of ffmpeg', async () => {
  const output = await take(await open(plainTiff(30, 20, [200, 100, 50])));
  expect(output.readBy).toBe('ffmpeg');
  const pixel = await readPixel(await readBlob(output.frames[0]!.blob), 0.5, 0.5);
  [200, 100, 50].forEach((value, index) => expect(Math.abs(pixel[index]! - value)).toBeLessThan(6));
});

test('a picture can be grabbed in full size at any time', async () => {
  const source = await open(await makeVideo({ width: 1280, height: 720, frames: 20 }));
  const png = await grabFrame(source, 1.25, signal);
  expect(png.type).toBe('image/png');
  const bitmap = await createImageBitmap(png);
  expect([bitmap.width, bitmap.height]).toEqual([1280, 720]);
  expect(await readNumber(png)).toBe(12);
});

test('a grab beyond the end gives the last picture, and ffmpeg grabs the same', async () => {
  const source = await open(await makeVideo({ container: 'mkv', codec: 'vp8', frames: 20 }));
  expect(await readNumber(await grabFrame(source, 99, signal))).toBe(19);
  expect(await readNumber(await grabFrame({ ...source, readBy: 'ffmpeg' }, 99, signal))).toBe(19);
});

test('a picture file is grabbed as it is', async () => {
  const source = await open(await encodePicture('image/png', 800, 400));
  const bitmap = await createImageBitmap(await grabFrame(source, 0, signal));
  expect([bitmap.width, bitmap.height]).toEqual([800, 400]);
});

test('a damaged place costs the frames that lie in it, not the others', async () => {
  const file = await makeVideo({ container: 'mkv', codec: 'vp8', frames: 80, keyEvery: 20 });
  const source = await open(await withNoise(file, 0.5, 0.7));
  const output = await take(source, { mode: 'exact', k: 20 });
  const early = output.frames.filter((frame) => frame.takenSeconds < 3);
  const shown = await numbers({ ...output, frames: early });
  expect(shown).toEqual(early.map((frame) => Math.round(frame.takenSeconds * 10)));
  expect(output.frames.length + output.failed.length).toBeGreaterThan(early.length);
});

test('a video of which nothing can be decoded any more is an error in one sentence', async () => {
  const source = await open(await makeVideo({ frames: 20 }));
  const stored = await (await (await blobFolder()).getFileHandle(source.blob)).createWritable();
  await stored.write('What was a film is now a line of text. '.repeat(100));
  await stored.close();
  await expect(take(source)).rejects.toMatchObject({
    name: 'FramesError',
    message: expect.stringContaining('none of the 3 asked for') as string,
  });
});

test('a missing source has an error of its own name', async () => {
  const source = await open(await makeVideo());
  await sweepBlobs(new Set());
  await expect(take(source)).rejects.toMatchObject({ name: 'BlobMissingError' });
});

test('an aborted step rejects with an AbortError, and the next one works', async () => {
  const source = await open(await makeVideo({ frames: 40 }));
  const abort = new AbortController();
  const context = { signal: abort.signal, onProgress: () => abort.abort() };
  const running = outputOf(framesStep.run(framesInputs(source), optionsByStep({}).all.frames, context));
  await expect(running).rejects.toMatchObject({ name: 'AbortError' });
  await expect(take(source)).resolves.toMatchObject({ failed: [] });
});

/** A copy of a file with noise between two fractions of its length. */
async function withNoise(file: File, from: number, to: number): Promise<File> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  for (let at = Math.floor(bytes.length * from); at < bytes.length * to; at++)
    bytes[at] = (at * 73 + 11) & 0xff;
  return new File([bytes], file.name);
}
