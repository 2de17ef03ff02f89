import { afterEach, expect, test } from 'vitest';
import { blobFolder, sweepBlobs } from '#lib/worker/blob-store.ts';
import { measureAacDelay, prepareEncoder } from '#lib/steps/film/sound/encoder-delay.ts';
import { makeFilm } from '#lib/steps/film/film.ts';
import { clickWav, sineWav } from '../../fixtures/film/click-wav.ts';
import { request } from '../../fixtures/film/film-request.ts';
import { fileOf, loudestSample, pictureFacts, soundFacts } from '../../fixtures/film/read-film.ts';
import { makeVideo, type VideoRecipe } from '../../fixtures/media/make-video.ts';
import { quiet } from '../../fixtures/media/step-context.ts';

const RATE = 48_000;
const AAC_FRAME = 1024 / RATE;
const OPUS_FRAME = 0.02;
afterEach(() => sweepBlobs(new Set()));

const cases: { title: string; recipe: VideoRecipe; container: string; sound: string }[] = [
  { title: 'H.264 in MP4', recipe: { codec: 'avc' }, container: 'mp4', sound: 'aac' },
  { title: 'VP9 in MP4', recipe: { codec: 'vp9' }, container: 'mp4', sound: 'aac' },
  { title: 'AV1 in MP4', recipe: { codec: 'av1' }, container: 'mp4', sound: 'aac' },
  {
    title: 'fragmented MP4',
    recipe: { codec: 'avc', container: 'fragmented' },
    container: 'mp4',
    sound: 'aac',
  },
  { title: 'H.264 in Matroska', recipe: { codec: 'avc', container: 'mkv' }, container: 'mp4', sound: 'aac' },
  { title: 'VP8 in WebM', recipe: { codec: 'vp8', container: 'webm' }, container: 'webm', sound: 'opus' },
  { title: 'VP9 in WebM', recipe: { codec: 'vp9', container: 'webm' }, container: 'webm', sound: 'opus' },
  { title: 'VP8 in Matroska', recipe: { codec: 'vp8', container: 'mkv' }, container: 'webm', sound: 'opus' },
];

for (const { title, recipe, container, sound } of cases) {
  test(`${title}: the pictures go through untouched and the sound is as long as they are`, async () => {
    const file = await makeVideo({ ...recipe, hasSound: true }, 'my clip.mp4');
    const film = await makeFilm(request(file, clickWav(3 * RATE, 9600)), quiet());
    const made = await fileOf(film);
    const [before, after] = [await pictureFacts(file), await pictureFacts(made)];
    expect(film).toMatchObject({ container, audioCodec: sound, isVideoCopied: true, bytes: made.size });
    expect(film.fileName).toBe(`my clip-soundtrack.${container}`);
    expect(after.md5).toBe(before.md5);
    expect(after.codec).toBe(before.codec);
    expect(after.packets).toHaveLength(before.packets.length);
    after.packets.forEach(({ timestamp }, index) =>
      expect(timestamp).toBeCloseTo(before.packets[index]!.timestamp, 3),
    );
    const [track, ...others] = await soundFacts(made);
    expect(others).toEqual([]);
    expect(Math.abs(track!.endSeconds - 3)).toBeLessThan(sound === 'aac' ? AAC_FRAME : OPUS_FRAME);
    expect(Math.abs((await loudestSample(made)) - 9600)).toBeLessThan(RATE / 1000);
  });
}

test('a film that starts late keeps its start, and its sound begins with the first picture', async () => {
  const file = await makeVideo({ codec: 'avc', startSeconds: 0.5 });
  const film = await makeFilm(request(file, clickWav(3 * RATE, 9600)), quiet());
  const made = await fileOf(film);
  const { packets } = await pictureFacts(made);
  expect(packets[0]!.timestamp).toBeCloseTo(0.5, 5);
  const [track] = await soundFacts(made);
  // mediabunny shows the frame that the edit list hides.
  expect(track!.startSeconds).toBeCloseTo(0.5 - AAC_FRAME, 3);
  expect(track!.endSeconds).toBeCloseTo(3.5, 3);
  expect(film.durationSeconds).toBeCloseTo(3, 3);
});

test('an upright phone video stays upright', async () => {
  const file = await makeVideo({ codec: 'avc', rotation: 90 });
  const made = await fileOf(await makeFilm(request(file, sineWav(3 * RATE, 440)), quiet()));
  const { rotation, width, height } = await pictureFacts(made);
  expect([rotation, width, height]).toEqual([90, 180, 320]);
});

test('separate tracks come with names, languages, and the mix as the one that is played', async () => {
  const file = await makeVideo({ codec: 'avc' });
  const wav = sineWav(3 * RATE, 440);
  const sounds = (['mix', 'music', 'effects', 'original'] as const).map((role) => ({ role, wav }));
  const made = await fileOf(await makeFilm(request(file, wav, { tracks: 'separate' }, { sounds }), quiet()));
  const tracks = await soundFacts(made);
  expect(tracks.map(({ name }) => name)).toEqual(['Soundtrack', 'Music', 'Effects', 'Original sound']);
  expect(tracks.map(({ language }) => language)).toEqual(['und', 'zxx', 'zxx', 'und']);
  expect(tracks.map(({ isDefault }) => isDefault)).toEqual([true, false, false, false]);
});

test('Opus in an MP4 is in time too', async () => {
  const file = await makeVideo({ codec: 'avc' });
  const film = await makeFilm(request(file, clickWav(3 * RATE, 9600), { audioCodec: 'opus' }), quiet());
  const [track] = await soundFacts(await fileOf(film));
  expect([film.container, track!.codec]).toEqual(['mp4', 'opus']);
  // Chromium's decodeAudioData drops the pre-skip twice, so the packets' times are checked instead.
  expect(track!.startSeconds).toBeCloseTo(-312 / RATE, 5);
  expect(track!.endSeconds).toBeCloseTo(3, 5);
});

test('the delay of the AAC encoder is what a click says', async () => {
  const { delaySamples } = await prepareEncoder('aac');
  await expect(measureAacDelay()).resolves.toBe(delaySamples);
});

test('the element plays the film to its end', async () => {
  const file = await makeVideo({ codec: 'avc', frames: 10 });
  const made = await fileOf(await makeFilm(request(file, sineWav(RATE, 440)), quiet()));
  const video = document.createElement('video');
  video.muted = true;
  video.src = URL.createObjectURL(made);
  const { promise: ended, resolve, reject } = Promise.withResolvers<void>();
  video.onended = () => resolve();
  video.onerror = () => reject(new Error(video.error?.message));
  await video.play();
  await ended;
  expect(video.duration).toBeCloseTo(1, 1);
});

test('an aborted film leaves no unfinished file', async () => {
  const file = await makeVideo({ codec: 'avc', frames: 300, keyEvery: 300 });
  const abort = new AbortController();
  const onProgress = () => abort.abort();
  const context = { signal: abort.signal, onProgress };
  await expect(makeFilm(request(file, clickWav(30 * RATE, 9600)), context)).rejects.toMatchObject({
    name: 'AbortError',
  });
  const names: string[] = [];
  for await (const name of (await blobFolder()).keys()) names.push(name);
  expect(names.filter((name) => name.startsWith('unfinished'))).toEqual([]);
});

test('after an abort the next film is made as if nothing had happened', async () => {
  const file = await makeVideo({ codec: 'avc' });
  const abort = new AbortController();
  const first = makeFilm(request(file, sineWav(3 * RATE, 440)), quiet(abort.signal));
  abort.abort();
  await expect(first).rejects.toMatchObject({ name: 'AbortError' });
  const film = await makeFilm(request(file, sineWav(3 * RATE, 440)), quiet());
  expect(film.bytes).toBeGreaterThan(0);
});

test('what a container can not hold is refused in a sentence', async () => {
  const file = await makeVideo({ codec: 'avc' });
  const film = makeFilm(request(file, sineWav(RATE, 440), { container: 'webm' }), quiet());
  await expect(film).rejects.toMatchObject({ name: 'FilmError', message: /WebM can't hold H.264/ });
});

test('a sound of another rate is refused in a sentence', async () => {
  const file = await makeVideo({ codec: 'avc' });
  const header = new Uint8Array(await sineWav(RATE, 440).arrayBuffer());
  new DataView(header.buffer).setUint32(24, 44_100, true);
  const film = makeFilm(request(file, new Blob([header])), quiet());
  await expect(film).rejects.toMatchObject({ name: 'FilmError', message: /44100 Hz/ });
});
