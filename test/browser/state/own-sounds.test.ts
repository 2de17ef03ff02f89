import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { optionsByStep } from '#lib/job/options.ts';
import { exportProject, readProjectFile } from '#lib/projects/project-file.ts';
import { Player } from '#lib/state/player.svelte.ts';
import { Sounds } from '#lib/state/sounds.ts';
import { Studio } from '#lib/state/studio.svelte.ts';
import { readBlob } from '#lib/worker/blob-store.ts';
import { readStem } from '#lib/worker/stem-reader.ts';
import type { Stem } from '#lib/job/entries/soundtrack.ts';
import { makeSound } from '../../fixtures/media/make-sound.ts';
import { fetchShortSample } from '../../fixtures/open-app.ts';

const LONG = { timeout: 120_000 };
const MUSIC = optionsByStep({ soundtrack: { kind: 'music' }, description: { describer: 'rules' } });
let studio: Studio;
let player: Player;
let sounds: Sounds;

beforeEach(async () => {
  studio = new Studio();
  player = new Player();
  sounds = new Sounds(studio, player);
  await studio.open(await fetchShortSample(), MUSIC);
}, 120_000);
afterEach(() => {
  player.unload();
  studio.close();
});

const clips = () => studio.project!.options.all.assemble.clips;
const tone = (change: Partial<Parameters<typeof makeSound>[0]> = {}) =>
  makeSound({
    ...{ container: 'wav', codec: 'pcm-s24', sampleRate: 44_100, hertz: [440], seconds: 0.5 },
    ...change,
  });

async function rms(stem: Stem, from: number, to: number): Promise<number> {
  const count = Math.round((to - from) * 48_000);
  const { left } = await readStem(stem, Math.round(from * 48_000), count);
  return Math.sqrt(left.reduce((sum, sample) => sum + sample * sample, 0) / count);
}

async function reopen(): Promise<void> {
  const { id } = studio.project!;
  await studio.sessions.current!.settle();
  studio.close();
  studio = new Studio();
  await studio.openProject(id);
}

test(
  'a 24-bit voice is laid where it was wanted, at a usual loudness, and is there again',
  LONG,
  async () => {
    const clip = await sounds.own.add(await tone(), { track: 'voice', atSeconds: 1 });
    expect(sounds.own.failure).toBeNull();
    expect(clip).toMatchObject({ name: 'sound', startSeconds: 1, endSeconds: 1.5, replaces: false });
    const { source, gainDb } = clip!;
    expect(source.from === 'file' && source.loudnessLufs! + gainDb).toBeCloseTo(-16, 0);
    const { voice, music } = studio.played!;
    expect(await rms(voice!, 0, 0.99)).toBe(0);
    expect(await rms(voice!, 1.05, 1.45)).toBeGreaterThan(0.05);
    expect(await rms(voice!, 1.55, 2.5)).toBe(0);
    expect(music).toEqual(studio.takes.selected!.output.music!.stem);
    await reopen();
    expect(clips()).toEqual([clip]);
    expect(studio.played!.voice).toEqual(voice);
  },
);

test('other containers are read, and what lasts longer than the film fades out with it', LONG, async () => {
  const opus = await tone({
    container: 'mkv',
    codec: 'opus',
    sampleRate: 48_000,
    seconds: 4,
    hertz: [300, 500],
  });
  const clip = await sounds.own.add(opus, { track: 'music', atSeconds: 1 });
  expect(clip?.endSeconds).toBeCloseTo(studio.played!.durationSeconds, 3);
  expect(clip?.fadeOutSeconds).toBe(0.5);
  expect(studio.played!.music).not.toEqual(studio.takes.selected!.output.music!.stem);
});

test('a file without a usable sound is refused in a word, and the project stays', LONG, async () => {
  const { id, options } = studio.project!;
  const refuse = async (file: File, atSeconds = 0) => {
    expect(await sounds.own.add(file, { track: 'effects', atSeconds })).toBeNull();
    return sounds.own.failure?.fault;
  };
  expect(await refuse(new File(['neither'], 'text.wav'))).toBe('unreadable');
  expect(await refuse(await tone({ hertz: [0] }))).toBe('silent');
  expect(await refuse(await tone(), 99)).toBe('too-late');
  expect(studio.project).toMatchObject({ id, options });
  expect(clips()).toEqual([]);
  sounds.own.dismiss();
  expect(sounds.own.failure).toBeNull();
});

test('reading can be cancelled', LONG, async () => {
  const adding = sounds.own.add(await tone({ seconds: 60 }), { track: 'effects', atSeconds: 0 });
  sounds.own.cancel();
  expect(await adding).toBeNull();
  expect([sounds.own.adding, sounds.own.failure, clips()]).toEqual([null, null, []]);
});

test('a project file has the sounds in it', LONG, async () => {
  const clip = (await sounds.own.add(await tone(), { track: 'effects', atSeconds: 0 }))!;
  const { project, blobs } = await readProjectFile(await exportProject(studio.project!));
  expect(project.options.all.assemble.clips).toEqual([clip]);
  const { blob, peaks } = clip.source as Stem;
  expect(blobs.map(({ name }) => name)).toEqual(expect.arrayContaining([blob, peaks]));
});

test(
  'a part is made anew, compared, made again and left; own sounds stay with another take',
  LONG,
  async () => {
    await sounds.own.add(await tone(), { track: 'effects', atSeconds: 0 });
    const { stem } = studio.takes.selected!.output.music!;
    const range = { track: 'music' as const, startSeconds: 1, endSeconds: 2 };
    const part = (await sounds.parts.remake(range))!;
    const bytes = async (of: Stem) => new Uint8Array(await (await readBlob(of.blob)).arrayBuffer());
    const [whole, first] = [await bytes(stem), await bytes(studio.played!.music!)];
    const at = (seconds: number) => 44 + seconds * 48_000 * 4;
    expect(first.subarray(0, at(1))).toEqual(whole.subarray(0, at(1)));
    expect(first.subarray(at(2))).toEqual(whole.subarray(at(2)));
    expect(first).not.toEqual(whole);

    await sounds.parts.compare(part, 'take');
    expect(studio.played!.music).toEqual(stem);
    await sounds.parts.compare(part, 'anew');
    expect(await bytes(studio.played!.music!)).toEqual(first);
    await sounds.parts.again(part);
    expect(await bytes(studio.played!.music!)).not.toEqual(first);
    const again = studio.played!.music;

    const take = studio.takes.selected!;
    await studio.takeEditor.another();
    expect(clips().map(({ replaces }) => replaces)).toEqual([false]);
    expect(studio.played!.effects).not.toBeNull();
    await studio.takeEditor.recall(take);
    expect(sounds.parts.parts).toHaveLength(1);
    expect(studio.played!.music).toEqual(again);
    await sounds.parts.drop(part);
    expect(studio.played!.music).toEqual(stem);
  },
);

test('a part that is too short, or outside the film, is not made', LONG, async () => {
  const make = (startSeconds: number, endSeconds: number) =>
    sounds.parts.remake({ track: 'music', startSeconds, endSeconds });
  expect(await make(1, 1.1)).toBeNull();
  expect(await make(50, 60)).toBeNull();
  expect(clips()).toEqual([]);
});

test('a voice is recorded while the film plays, and laid where it was spoken', LONG, async () => {
  player.load(
    {
      stems: { ...studio.played!, original: null },
      activities: { voice: null, original: null },
      durationSeconds: studio.played!.durationSeconds,
    },
    studio.project!.options.all.mix,
  );
  player.seek(0.5);
  const { recorder } = sounds;
  await recorder.start(true);
  expect([recorder.phase, player.isPlaying, player.isMuted]).toEqual(['recording', true, true]);
  await vi.waitFor(() => expect(player.seconds).toBeGreaterThan(2), { timeout: 10_000 });
  await recorder.stop('Voice');
  expect([recorder.failure, sounds.own.failure, player.isPlaying, player.isMuted]).toEqual([
    ...[null, null, false, false],
  ]);
  const [clip] = clips();
  expect(clip).toMatchObject({ track: 'voice', name: 'Voice', startSeconds: 0.5 });
  expect(clip!.endSeconds).toBeGreaterThan(1.5);
  // The microphone of the test beeps.
  expect(await rms(studio.played!.voice!, 0.5, clip!.endSeconds)).toBeGreaterThan(0.001);
});

test('a recording that is cancelled leaves nothing', LONG, async () => {
  const { recorder } = sounds;
  const starting = recorder.start(true);
  await vi.waitFor(() => expect(recorder.phase).toBe('counting'));
  recorder.cancel();
  await starting;
  expect([recorder.phase, player.isPlaying, player.isMuted, clips()]).toEqual(['idle', false, false, []]);
});

test('a file that is no video leaves the open project open, and says so', LONG, async () => {
  const { id } = studio.project!;
  await studio.open(new File(['neither'], 'notes.txt'), MUSIC);
  expect(studio.project?.id).toBe(id);
  expect(studio.failure?.name).toBe('SourceError');
});
