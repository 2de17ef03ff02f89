import { afterEach, expect, test } from 'vitest';
import { defaultOptions } from '#lib/job/options.ts';
import { Player } from '#lib/state/player.svelte.ts';

const MIX = defaultOptions().all.mix;
const sound = (durationSeconds: number) => ({
  stems: { music: null, effects: null, original: null },
  activity: { activity: [], stepSeconds: 1 },
  durationSeconds,
});
const player = new Player();
afterEach(() => player.unload());

test('it plays, pauses, and stops at the end', async () => {
  player.load(sound(0.4), MIX);
  expect([player.durationSeconds, player.seconds, player.isPlaying]).toEqual([0.4, 0, false]);
  await player.toggle();
  expect(player.isPlaying).toBe(true);
  await expect.poll(() => player.seconds).toBeGreaterThan(0.1);
  await expect.poll(() => player.isPlaying).toBe(false);
  expect(player.seconds).toBeCloseTo(0.4, 2);
  await player.toggle();
  expect(player.seconds).toBeLessThan(0.4);
  player.pause();
  expect(player.isPlaying).toBe(false);
});

test('a part is played up to its end only, unless something else is played', async () => {
  player.load(sound(10), MIX);
  await player.playPart(3, 3.3);
  expect(player.seconds).toBeGreaterThanOrEqual(3);
  await expect.poll(() => player.isPlaying).toBe(false);
  expect(player.seconds).toBeGreaterThanOrEqual(3.3);
  expect(player.seconds).toBeLessThan(4);
  await player.playPart(3, 3.3);
  player.seek(3.1);
  await expect.poll(() => player.seconds).toBeGreaterThan(3.4);
  expect(player.isPlaying).toBe(true);
});

test('seeking and moving stay within the sound', () => {
  player.load(sound(10), MIX);
  player.seek(4);
  expect(player.seconds).toBe(4);
  player.move(5);
  expect(player.seconds).toBe(9);
  player.move(5);
  expect(player.seconds).toBe(10);
  player.move(-50);
  expect(player.seconds).toBe(0);
});

test('another take is played from the position of the last one, if it is long enough', async () => {
  player.load(sound(10), MIX);
  player.seek(6);
  player.load(sound(10), MIX);
  expect(player.seconds).toBe(6);
  await player.toggle();
  player.load(sound(8), MIX);
  await expect.poll(() => player.isPlaying).toBe(true);
  player.load(sound(3), MIX);
  expect(player.durationSeconds).toBe(3);
  expect(player.seconds).toBeLessThanOrEqual(3);
});

test('a muted video follows, from its first picture on', () => {
  const video = document.createElement('video');
  player.load(sound(10), MIX);
  player.attach(video, 2);
  expect(video.muted).toBe(true);
  player.seek(3);
  expect(video.currentTime).toBeCloseTo(5, 1);
  player.attach(null);
  player.seek(1);
  expect(video.currentTime).toBeCloseTo(5, 1);
});

test('an unloaded player is silent and at the beginning', async () => {
  player.load(sound(10), MIX);
  player.seek(4);
  await player.toggle();
  player.unload();
  expect([player.seconds, player.isPlaying, player.durationSeconds]).toEqual([0, false, 0]);
  await player.toggle();
  expect(player.isPlaying).toBe(false);
});
