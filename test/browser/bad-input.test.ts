import { afterAll, expect, test } from 'vitest';
import { optionsByStep } from '#lib/job/options.ts';
import { framesStep } from '#lib/steps/frames/frames.ts';
import { readSource } from '#lib/steps/source/source.ts';
import { blobFolder, readBlob, sweepBlobs } from '#lib/worker/blob-store.ts';
import { encodePicture, heicHeader, plainTiff, pngOfSize } from '../fixtures/media/make-picture.ts';
import { makeVideo, readNumber } from '../fixtures/media/make-video.ts';
import { findBox, renameBoxes } from '../fixtures/media/patch-boxes.ts';
import { framesInputs, outputOf, quiet } from '../fixtures/media/step-context.ts';
import { tinyWav } from '../fixtures/media/tiny-wav.ts';

const options = optionsByStep({}).all.frames;
afterAll(() => sweepBlobs(new Set()));

const refused = (sentence: string | RegExp) => ({
  name: 'SourceError',
  message: expect.stringMatching(sentence) as string,
});
const read = (file: File) => readSource(file, quiet());
const cut = (file: File, bytes: number) => new File([file.slice(0, bytes)], file.name);

test('an empty file is refused', async () => {
  await expect(read(new File([], 'empty.mp4'))).rejects.toMatchObject(refused('is empty'));
});

test('a text that is named like a film is refused', async () => {
  const text = new File(['Dear diary, today I wrote no film at all. '.repeat(50)], 'holiday.mp4');
  await expect(read(text)).rejects.toMatchObject(refused('neither'));
});

test('noise is refused', async () => {
  const noise = crypto.getRandomValues(new Uint8Array(65_536));
  await expect(read(new File([noise], 'noise.mov'))).rejects.toMatchObject(refused('is needed'));
});

test('a playlist is refused instead of fetching what it names', async () => {
  const list = '#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\nhttps://example.com/one.ts\n#EXT-X-ENDLIST\n';
  await expect(read(new File([list], 'list.m3u8'))).rejects.toMatchObject({ name: 'SourceError' });
});

test('an MP4 without its index is refused, and the message says what is missing', async () => {
  const whole = await makeVideo({ container: 'index-last' });
  const moov = await findBox(whole, 'moov');
  await expect(read(cut(whole, moov - 4))).rejects.toMatchObject(refused('cut off.*moov'));
});

test('an MP4 that was truncated while copying is used up to its end', async () => {
  const whole = await makeVideo({ frames: 60, keyEvery: 10 });
  const source = await read(cut(whole, Math.round(whole.size * 0.6)));
  expect(source.durationSeconds).toBeGreaterThan(2);
  expect(source.durationSeconds).toBeLessThan(5);
  expect(source.discardedTracks).toMatchObject([{ reason: expect.stringContaining('cut off') as string }]);
  const { frames, failed } = await outputOf(framesStep.run(framesInputs(source), options, quiet()));
  expect(failed).toEqual([]);
  expect(await readNumber(await readBlob(frames.at(-1)!.blob))).toBe(
    Math.round(frames.at(-1)!.takenSeconds * 10),
  );
});

test('a video track without pictures is refused', async () => {
  const whole = await makeVideo({ container: 'fragmented' });
  const moof = await findBox(whole, 'moof');
  await expect(read(cut(whole, moof - 4))).rejects.toMatchObject(refused('at least one picture'));
});

test('sound without a picture is refused', async () => {
  const sound = await makeVideo({ hasPicture: false, hasSound: true });
  await expect(read(sound)).rejects.toMatchObject(refused('has sound but no picture'));
  await expect(read(new File([tinyWav()], 'a.mp4'))).rejects.toMatchObject(
    refused('has sound but no picture'),
  );
});

test('an encrypted video is refused', async () => {
  const locked = await renameBoxes(await makeVideo(), 'vp09', 'encv');
  await expect(read(locked)).rejects.toMatchObject(refused('copy protection'));
});

test('an unknown codec is refused by its name', async () => {
  const strange = await renameBoxes(await makeVideo(), 'vp09', 'wxyz');
  await expect(read(strange)).rejects.toMatchObject(refused('wxyz'));
});

test('a second video track is left out with a reason', async () => {
  const source = await read(await makeVideo({ videoTracks: 2 }));
  expect(source.discardedTracks).toEqual([
    { track: 'video 2', reason: 'Only the first video track is used.' },
  ]);
});

test('a picture without pixels, and one with too many, are refused', async () => {
  await expect(read(await pngOfSize(0, 0))).rejects.toMatchObject(refused('0 × 0'));
  await expect(read(await pngOfSize(20_000, 20_000))).rejects.toMatchObject(refused('20000 × 20000'));
  await expect(read(plainTiff(20_000, 1, [1, 2, 3]))).rejects.toMatchObject(refused('20000 × 1'));
});

test('a damaged picture is refused', async () => {
  const png = await encodePicture('image/png');
  await expect(read(cut(png, 40))).rejects.toMatchObject({ name: 'SourceError' });
});

test('a HEIC photo that the browser can’t open is refused with a suggestion', async () => {
  await expect(read(heicHeader())).rejects.toMatchObject(refused('HEIC.*JPEG'));
});

test('a refused file leaves nothing in the store', async () => {
  await sweepBlobs(new Set());
  await expect(read(new File(['no film'], 'x.mp4'))).rejects.toMatchObject({ name: 'SourceError' });
  const names = await Array.fromAsync((await blobFolder()).keys());
  expect(names).toEqual([]);
});
