import { afterEach, expect, test } from 'vitest';
import { sweepBlobs } from '#lib/worker/blob-store.ts';
import { makeFilm } from '#lib/steps/film/film.ts';
import { sineWav } from '../../fixtures/film/click-wav.ts';
import { request } from '../../fixtures/film/film-request.ts';
import { fileOf, pictureFacts, soundFacts } from '../../fixtures/film/read-film.ts';
import { hasSharedMedia, sharedClips, sharedFile } from '../../fixtures/media/shared-media.ts';
import { quiet } from '../../fixtures/media/step-context.ts';

const RATE = 48_000;
const clips = await sharedClips();
afterEach(() => sweepBlobs(new Set()));

test.skipIf(!hasSharedMedia)('there are real clips (skipped where the media folder is absent)', () => {
  expect(clips.length).toBeGreaterThan(0);
});

for (const clip of clips) {
  test(`${clip.file} becomes a film`, { timeout: 300_000 }, async () => {
    const file = await sharedFile(`video/${clip.file}`);
    const samples = Math.round(Math.min(20, clip.duration_s) * RATE);
    const film = await makeFilm(request(file, sineWav(samples, 440)), quiet());
    const made = await fileOf(film);
    const [track] = await soundFacts(made);
    expect(film.isVideoCopied || film.writtenBy === 'ffmpeg').toBe(true);
    expect(track!.codec).toBe(film.audioCodec);
    if (film.writtenBy === 'mediabunny') {
      const [before, after] = [await pictureFacts(file), await pictureFacts(made)];
      expect(after.md5).toBe(before.md5);
      expect([after.rotation, after.width, after.height]).toEqual([
        before.rotation,
        before.width,
        before.height,
      ]);
    }
  });
}
