import { afterEach, expect, test } from 'vitest';
import { inputPath } from '#lib/ffmpeg/ffmpeg-program.ts';
import { runFfmpeg } from '#lib/ffmpeg/run-ffmpeg.ts';
import { openContainer } from '#lib/media/container/open-container.ts';
import { sweepBlobs } from '#lib/worker/blob-store.ts';
import { makeFilm } from '#lib/steps/film/film.ts';
import { clickWav } from '../../fixtures/film/click-wav.ts';
import { request } from '../../fixtures/film/film-request.ts';
import { fileOf, loudestSample, pictureFacts, soundFacts } from '../../fixtures/film/read-film.ts';
import { quiet } from '../../fixtures/media/step-context.ts';

const RATE = 48_000;
afterEach(() => sweepBlobs(new Set()));

/** Two seconds of video encoded by ffmpeg, which can do more than browsers' encoders. */
async function coded(name: string, ...how: string[]): Promise<File> {
  const pictures = ['-f', 'lavfi', '-i', 'testsrc2=size=160x120:rate=25:duration=2'];
  const { outputs } = await runFfmpeg({
    args: [...pictures, ...how, name],
    inputs: new Map(),
    outputs: [name],
    signal: new AbortController().signal,
  });
  return new File([outputs.get(name)!], name);
}

/** ffmpeg's MD5 of the picture packets. */
async function packetsMd5(file: File): Promise<string> {
  const { outputs } = await runFfmpeg({
    args: ['-i', inputPath('file'), '-map', '0:v:0', '-c', 'copy', '-f', 'md5', 'md5.txt'],
    inputs: new Map([['file', file]]),
    outputs: ['md5.txt'],
    signal: new AbortController().signal,
  });
  return new TextDecoder().decode(outputs.get('md5.txt'));
}

test('B-frames stay where they are, and ffmpeg sees the same packets', async () => {
  const file = await coded('b.mp4', '-c:v', 'libx264', '-bf', '3', '-g', '25');
  const film = await makeFilm(request(file, clickWav(2 * RATE, 9600)), quiet());
  const made = await fileOf(film);
  const [before, after] = [await pictureFacts(file), await pictureFacts(made)];
  const times = before.packets.map(({ timestamp }) => timestamp);
  expect(times).not.toEqual(times.toSorted((a, b) => a - b));
  after.packets.forEach(({ timestamp }, index) => expect(timestamp).toBeCloseTo(times[index]!, 6));
  expect(await packetsMd5(made)).toBe(await packetsMd5(file));
});

test('a variable frame rate and pixels that are not square stay', async () => {
  const filter = 'settb=1/1000,setpts=PTS+mod(N\\,3)*10,setsar=4/3';
  const file = await coded(
    'vfr.mp4',
    '-vf',
    filter,
    '-vsync',
    'vfr',
    '-enc_time_base',
    '-1',
    '-c:v',
    'libx264',
  );
  const made = await fileOf(await makeFilm(request(file, clickWav(2 * RATE, 9600)), quiet()));
  const [before, after] = [await pictureFacts(file), await pictureFacts(made)];
  const gaps = before.packets.map(({ duration }) => duration.toFixed(3));
  expect(new Set(gaps).size).toBeGreaterThan(1);
  expect(after.packets.map(({ timestamp }) => timestamp.toFixed(5))).toEqual(
    before.packets.map(({ timestamp }) => timestamp.toFixed(5)),
  );
  expect([after.width, after.height]).toEqual([before.width, before.height]);
  expect(after.md5).toBe(before.md5);
});

test('title and comment stay; the place, which would be garbled, goes', async () => {
  const tags = ['title=My film', 'comment=Hello', 'location=+48.85+002.35/'].flatMap((tag) => [
    '-metadata',
    tag,
  ]);
  const file = await coded('tags.mp4', '-c:v', 'libx264', ...tags);
  const made = await fileOf(await makeFilm(request(file, clickWav(2 * RATE, 9600)), quiet()));
  using input = openContainer(made);
  const { title, comment, raw } = await input.getMetadataTags();
  expect([title, comment]).toEqual(['My film', 'Hello']);
  expect(Object.keys(raw ?? {})).not.toContain('©xyz');
});

test('a transport stream, whose clock began earlier, becomes a film that starts at once', async () => {
  const file = await coded('stream.ts', '-c:v', 'libx264', '-bf', '0');
  const made = await fileOf(await makeFilm(request(file, clickWav(2 * RATE, 9600)), quiet()));
  expect((await pictureFacts(made)).packets[0]!.timestamp).toBeCloseTo(0, 3);
  expect(Math.abs((await loudestSample(made)) - 9600)).toBeLessThan(RATE / 1000);
});

test('MPEG-4 pictures from an AVI are copied by ffmpeg', { timeout: 120_000 }, async () => {
  const file = await coded('old.avi', '-c:v', 'mpeg4', '-q:v', '5');
  const film = await makeFilm(request(file, clickWav(2 * RATE, 9600)), quiet());
  const made = await fileOf(film);
  expect(film).toMatchObject({
    container: 'mp4',
    writtenBy: 'ffmpeg',
    isVideoCopied: true,
    videoCodec: 'mpeg4',
  });
  expect(await packetsMd5(made)).toBe(await packetsMd5(file));
  expect(Math.abs((await loudestSample(made)) - 9600)).toBeLessThan(RATE / 1000);
});

test('Motion JPEG is coded anew, and the film says so', { timeout: 120_000 }, async () => {
  const file = await coded('motion.avi', '-c:v', 'mjpeg');
  const sounds = (['mix', 'music'] as const).map((role) => ({ role, wav: clickWav(2 * RATE, 9600) }));
  const film = await makeFilm(request(file, sounds[0]!.wav, { tracks: 'separate' }, { sounds }), quiet());
  const made = await fileOf(film);
  expect(film).toMatchObject({
    container: 'mp4',
    writtenBy: 'ffmpeg',
    isVideoCopied: false,
    videoCodec: 'avc',
  });
  expect(film.why).toMatch(/Motion JPEG pictures were coded anew/);
  expect((await pictureFacts(made)).packets).toHaveLength(50);
  expect((await soundFacts(made)).map(({ name }) => name)).toEqual(['Soundtrack', 'Music']);
});

test('what is no video at all is refused by name', { timeout: 120_000 }, async () => {
  const file = new File([crypto.getRandomValues(new Uint8Array(5000))], 'noise.mp4');
  const film = makeFilm(request(file, clickWav(RATE, 9600)), quiet());
  await expect(film).rejects.toMatchObject({ name: 'FfmpegError' });
});
