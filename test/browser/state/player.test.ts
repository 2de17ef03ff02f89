import { afterEach, expect, test } from 'vitest';
import { defaultOptions } from '#lib/job/options.ts';
import { Player } from '#lib/state/player.svelte.ts';

const MIX = defaultOptions().all.mix;
const sound = (durationSeconds: number) => ({
  stems: { music: null, effects: null, voice: null, original: null },
  activities: { voice: null, original: null },
  durationSeconds,
});
const player = new Player();
afterEach(() => {
  player.unload();
  player.setRate(1);
});

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

test('a jump past the end stops there and does not begin again', async () => {
  player.load(sound(10), MIX);
  await player.toggle();
  player.move(50);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect([player.seconds, player.isPlaying]).toEqual([10, false]);
  await player.toggle();
  expect(player.isPlaying).toBe(true);
  expect(player.seconds).toBeLessThan(1);
});

test('a loop is played again and again, also after seeking inside it', async () => {
  player.load(sound(10), MIX);
  player.setLoop({ from: 2, to: 2.4 });
  player.seek(2.3);
  await player.toggle();
  await expect.poll(() => player.seconds).toBeLessThan(2.2);
  player.seek(2.35);
  await expect.poll(() => player.seconds).toBeLessThan(2.2);
  expect(player.seconds).toBeGreaterThanOrEqual(2);
  expect(player.loop).toEqual({ from: 2, to: 2.4 });
});

test('behind the loop it plays on, and a part is played whole', async () => {
  player.load(sound(10), MIX);
  player.setLoop({ from: 2, to: 2.4 });
  player.seek(2.6);
  await player.toggle();
  await expect.poll(() => player.seconds).toBeGreaterThan(2.8);
  await player.playPart(2.2, 2.7);
  await expect.poll(() => player.isPlaying).toBe(false);
  expect(player.seconds).toBeGreaterThanOrEqual(2.7);
  player.seek(2.3);
  await player.toggle();
  await expect.poll(() => player.seconds).toBeLessThan(2.2);
});

test('the ends of a loop are set at the position; one that is too short is none', () => {
  player.load(sound(10), MIX);
  player.seek(3);
  player.beginLoop();
  expect(player.loop).toEqual({ from: 3, to: 10 });
  player.seek(5);
  player.endLoop();
  expect(player.loop).toEqual({ from: 3, to: 5 });
  player.seek(6);
  player.beginLoop();
  expect(player.loop).toEqual({ from: 6, to: 10 });
  player.load(sound(7), MIX);
  expect(player.loop).toEqual({ from: 6, to: 7 });
  player.load(sound(4), MIX);
  expect(player.loop).toBeNull();
  player.setLoop({ from: 1, to: 1.1 });
  expect(player.loop).toBeNull();
});

test('a step goes to the beginning of the frame before or after, and pauses', async () => {
  player.load(sound(10), MIX);
  player.setFrameRate(30);
  player.seek(1.01);
  await player.toggle();
  player.step(1);
  expect(player.isPlaying).toBe(false);
  expect(player.seconds).toBeCloseTo(31 / 30, 4);
  for (let step = 0; step < 3; step++) player.step(-1);
  expect(player.seconds).toBeCloseTo(28 / 30, 4);
  player.seek(0);
  player.step(-1);
  expect(player.seconds).toBe(0);
  player.seek(10);
  player.step(1);
  expect(player.seconds).toBe(10);
  player.step(-1);
  expect(player.seconds).toBeCloseTo(299 / 30, 4);
  player.setFrameRate(null);
  player.seek(1);
  player.step(1);
  expect(player.seconds).toBeCloseTo(1.04, 4);
});

test('at another speed the position moves as much faster or slower', async () => {
  player.load(sound(30), MIX);
  player.setRate(0.25);
  await player.toggle();
  await expect.poll(() => player.seconds).toBeGreaterThan(0.1);
  const [clock, before] = [performance.now(), player.seconds];
  await new Promise((resolve) => setTimeout(resolve, 800));
  const ratio = (player.seconds - before) / ((performance.now() - clock) / 1000);
  expect(ratio).toBeGreaterThan(0.1);
  expect(ratio).toBeLessThan(0.5);
  player.setRate(2);
  expect(player.isPlaying).toBe(true);
});

test('the buttons go in steps that fit the length', () => {
  const skips = [2, 12, 30, 90, 600].map((seconds) => {
    player.load(sound(seconds), MIX);
    return player.skipSeconds;
  });
  expect(skips).toEqual([0.5, 1, 2, 5, 10]);
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
