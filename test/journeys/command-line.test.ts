import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ALL_FORMATS, FilePathSource, Input } from 'mediabunny';
import { afterAll, expect, test } from 'vitest';
import { readJob } from '#lib/job/migrate.ts';
import { findEntry } from '#lib/job/job.ts';
import { hasJourneys, startJourney } from '../fixtures/journey.ts';
import { runCli } from '../fixtures/run-cli.ts';

const SAMPLE = join(import.meta.dirname, '../../static/sample.mp4');
/** The app is built first where it changed, and a busy machine is slow at both. */
const MINUTES = 60_000;

const folder = mkdtempSync(join(tmpdir(), 'immersivaudio-journey-'));
afterAll(() => rmSync(folder, { recursive: true }));
const hasBrowser = hasJourneys();

async function describe(path: string) {
  using input = new Input({ source: new FilePathSource(path), formats: ALL_FORMATS });
  const video = (await input.getPrimaryVideoTrack())!;
  const sounds = await input.getAudioTracks();
  const counted = await video.computePacketStats();
  return {
    video: {
      codec: video.codec,
      width: video.displayWidth,
      height: video.displayHeight,
      packets: counted.packetCount,
    },
    videoSeconds: await video.computeDuration(),
    sounds: await Promise.all(
      sounds.map(async (sound) => ({ codec: sound.codec, seconds: await sound.computeDuration() })),
    ),
  };
}

test.skipIf(!hasBrowser)(
  'the built app is isolated, and the headers of its server stop nothing that it needs',
  { timeout: 10 * MINUTES },
  async () => {
    await using journey = await startJourney();
    await journey.page.waitForLoadState('networkidle');
    await journey.page.getByRole('heading', { level: 1 }).waitFor();
    expect(await journey.page.evaluate('crossOriginIsolated')).toBe(true);
    expect(journey.complaints).toEqual([]);
  },
);

test.skipIf(!hasBrowser)(
  'the sample clip becomes a film with the same pictures and a sound of the same length',
  { timeout: 10 * MINUTES },
  async () => {
    const film = join(folder, 'film.mp4');
    const json = join(folder, 'job.json');
    const stems = join(folder, 'stems');
    const run = await runCli([SAMPLE, '-o', film, '--json', json, '--stems', stems, '--seed', '7']);
    expect(run, run.err).toMatchObject({ code: 0, out: `${film}\n` });

    const source = await describe(SAMPLE);
    const result = await describe(film);
    expect(result.video).toEqual(source.video);
    expect(result.sounds).toHaveLength(1);
    expect(result.sounds[0]!.seconds).toBeCloseTo(source.videoSeconds, 1);
    expect(readdirSync(stems).sort()).toEqual(['effects.wav', 'mix.wav', 'music.wav']);
    const job = await readJob(JSON.parse(readFileSync(json, 'utf8')));
    expect(findEntry(job, 'soundtrack')?.options.seed).toBe(7);
    expect(findEntry(job, 'film')?.output.isVideoCopied).toBe(true);
  },
);

test.skipIf(!hasBrowser)(
  'a picture becomes a film of the asked length, and a file that is no video does not stop it',
  { timeout: 10 * MINUTES },
  async () => {
    const noVideo = join(folder, 'letter.mp4');
    writeFileSync(noVideo, 'Dear reader, this is not a video.\n'.repeat(100));
    const picture = join(folder, 'picture.jpg');
    copyFileSync(join(import.meta.dirname, '../../static/sample-poster.jpg'), picture);
    const films = join(folder, 'films');
    const run = await runCli([noVideo, picture, '-o', films, '--duration', '3', '--effects']);
    expect(run.code, run.err).toBe(1);
    expect(run.err).toContain(`✗ ${noVideo}: `);
    expect(run.err).toContain('1 done, 1 failed.');
    const { sounds, videoSeconds } = await describe(run.out.trim());
    expect(videoSeconds).toBeCloseTo(3, 1);
    expect(sounds).toHaveLength(1);
    expect(sounds[0]!.seconds).toBeCloseTo(3, 1);
  },
);
