import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ALL_FORMATS, FilePathSource, Input } from 'mediabunny';
import { afterAll, expect, test } from 'vitest';
import { readJob } from '#lib/job/migrate.ts';
import { findEntry, type Job } from '#lib/job/job.ts';
import { takesOf } from '#lib/job/takes.ts';
import { hasJourneys, SAMPLE, shortSample, startJourney } from '../fixtures/journey.ts';
import { runCli } from '../fixtures/run-cli.ts';

/** The app is built first if it has changed; both are slow on a busy machine. */
const MINUTES = 60_000;

const readDocument = async (path: string) => readJob(JSON.parse(readFileSync(path, 'utf8')));

/** What a document says, whenever and however fast it was made. A film has the time in it. */
const facts = (job: Job) =>
  job.entries
    .map(({ step, key, inputs, options, output, maker }) => ({
      ...{ step, key, inputs, options, maker },
      // Encoders that work side by side do not code the same sound to the same bytes each time.
      output: step === 'film' ? { ...output, blob: '', bytes: 0 } : output,
    }))
    .sort((one, other) => (one.step < other.step ? -1 : 1));

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
    const job = await readDocument(json);
    expect(findEntry(job, 'soundtrack')?.options.seed).toBe(7);
    expect(findEntry(job, 'film')?.output.isVideoCopied).toBe(true);

    // The same in two steps: the second keeps the options of the first, and makes again only what it reads bytes of.
    const first = join(folder, 'first.json');
    const second = join(folder, 'second.json');
    const only = await runCli([SAMPLE, '--only', 'source-audio,soundtrack', '--seed', '7', '--json', first]);
    expect(only, only.err).toMatchObject({ code: 0, out: `${first}\n` });
    const rest = await runCli([SAMPLE, '--from', first, '-o', join(folder, 'two.mp4'), '--json', second]);
    expect(rest, rest.err).toMatchObject({ code: 0 });
    expect(rest.err).not.toContain('frames');
    expect(facts(await readDocument(second))).toEqual(facts(job));
  },
);

test.skipIf(!hasBrowser)(
  'some steps alone give a document and no film, and a document alone is enough for steps that read no bytes',
  { timeout: 10 * MINUTES },
  async () => {
    const own = mkdtempSync(join(folder, 'steps-'));
    const clip = join(own, 'clip.mp4');
    copyFileSync(shortSample(), clip);
    const json = join(own, 'job.json');
    const features = await runCli([clip, '--only', 'frames,visual', '--k', '3', '--json', json]);
    expect(features, features.err).toMatchObject({ code: 0, out: `${json}\n` });
    expect(readdirSync(own).sort()).toEqual(['clip.mp4', 'job.json']);
    const job = await readDocument(json);
    const made = ['features', 'frames', 'length', 'scenes', 'source', 'watch'];
    expect(job.entries.map(({ step }) => step).sort()).toEqual(made);
    expect(findEntry(job, 'frames')?.options.k).toBe(3);

    const alone = await runCli(['--from', json, '--only', 'prompt', '--json', '-']);
    expect(alone).toMatchObject({ code: 1, out: '' });
    expect(alone.err).toBe(
      `✗ ${json}: “clip.mp4” is needed too, the file that the document was made from: frames must read it.\n`,
    );
    const wrong = await runCli([join(folder, 'film.mp4'), '--from', json, '--only', 'prompt', '--json', '-']);
    expect(wrong).toMatchObject({ code: 1, out: '' });
    expect(wrong.err).toContain('“clip.mp4” was wanted, the very file that this was made from');

    const prompt = await runCli([clip, '--from', json, '--only', 'prompt', '--json', json]);
    expect(prompt, prompt.err).toMatchObject({ code: 0 });
    const words = await runCli(['--from', json, '--only', 'prompt', '--prompt', 'A waltz.', '--json', '-']);
    expect(words, words.err).toMatchObject({ code: 0, err: 'job.json: prompt\n' });
    const steps = (await readJob(JSON.parse(words.out))).entries.map(({ step }) => step);
    expect(steps.slice(0, made.length).sort()).toEqual(made);
    expect(steps.slice(made.length).sort()).toEqual([
      'best-frame',
      'description',
      'objects',
      'prompt',
      'prompt',
    ]);
  },
);

test.skipIf(!hasBrowser)(
  'a document of schema 1 is taken up with the options of its newest entries',
  { timeout: 10 * MINUTES },
  async () => {
    const project = readFileSync(
      join(import.meta.dirname, '../fixtures/documents/schema-1/edited-score.json'),
    );
    const old = join(folder, 'old.json');
    writeFileSync(old, JSON.stringify((JSON.parse(project.toString()) as { job: unknown }).job));
    const run = await runCli(['--from', old, '--only', 'length', '--json', '-']);
    expect(run, run.err).toMatchObject({ code: 0, err: '' });
    const { entries } = await readJob(JSON.parse(run.out));
    expect(entries).toEqual((await readDocument(old)).entries);
    // Steps of today see more than those that made it, and read the clip for that.
    const anew = join(folder, 'anew.json');
    const more = await runCli([SAMPLE, '--from', old, '--only', 'soundtrack', '--json', anew]);
    expect(more, more.err).toMatchObject({ code: 0 });
    const [before, after] = [await readDocument(old), await readDocument(anew)];
    expect(findEntry(after, 'soundtrack')?.options).toEqual(findEntry(before, 'soundtrack')?.options);
    expect(takesOf(after)).toHaveLength(takesOf(before).length + 1);
  },
);

test.skipIf(!hasBrowser)(
  'a picture becomes a film of the requested length, and an unusable file does not stop it',
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
