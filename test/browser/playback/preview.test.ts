import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { defaultOptions } from '#lib/job/options.ts';
import type { MixOptions } from '#lib/job/entries/mix.ts';
import type { Stem } from '#lib/job/entries/soundtrack.ts';
import { ArrivingSound } from '#lib/playback/arriving-sound.ts';
import type { PreviewSound } from '#lib/playback/preview-sound.ts';
import { Preview } from '#lib/playback/preview.ts';
import { WorkerClient } from '#lib/worker/worker-client.ts';
import { makeVideo } from '../../fixtures/media/make-video.ts';
import type { StemsApi } from '../../fixtures/workers/stems.worker.ts';
import StemsWorker from '../../fixtures/workers/stems.worker.ts?worker';

const SECONDS = 4;
const worker = new WorkerClient<StemsApi>(StemsWorker);
const RealContext = AudioContext;
let low: Stem;
let high: Stem;
let ears: AnalyserNode;
let preview: Preview;

/** Routes all sound through an analyser, so that the test can measure it. */
class HeardContext extends RealContext {
  #ears = new AnalyserNode(this, { fftSize: 2048, smoothingTimeConstant: 0 });
  override get destination(): AudioDestinationNode {
    ears = this.#ears;
    return this.#ears as unknown as AudioDestinationNode;
  }
}

/** Level near a frequency at this moment, dBFS. */
function levelAt(hertz: number): number {
  const bins = new Float32Array(ears.frequencyBinCount);
  ears.getFloatFrequencyData(bins);
  const bin = Math.round((hertz / 48_000) * ears.fftSize);
  return Math.max(...bins.subarray(bin - 2, bin + 3));
}

function sound(stems: Partial<PreviewSound['stems']>, activity: number[] = []): PreviewSound {
  return {
    stems: { music: null, effects: null, voice: null, original: null, ...stems },
    activities: { voice: null, original: { activity, stepSeconds: 0.1 } },
    durationSeconds: SECONDS,
  };
}

function mix(changes: Partial<MixOptions> = {}): MixOptions {
  return { ...defaultOptions().all.mix, ...changes };
}

beforeAll(async () => {
  const { signal } = new AbortController();
  const write = (hertz: number) =>
    worker.call(signal, (api) =>
      api.write(SECONDS * 48_000, { hertz, levelDb: -20 }, { hertz, levelDb: -20 }),
    );
  low = await write(440);
  high = await write(3000);
});
beforeEach(() => {
  globalThis.AudioContext = HeardContext;
});
afterEach(() => {
  preview[Symbol.dispose]();
  globalThis.AudioContext = RealContext;
});
afterAll(() => worker.close());

test('music and effects are audible, and the position follows them', async () => {
  preview = new Preview(sound({ music: low, effects: high }), mix(), () => undefined);
  await preview.play();
  await vi.waitFor(() => expect(preview.seconds).toBeGreaterThan(0.3), { timeout: 5000 });
  expect(levelAt(440)).toBeGreaterThan(-45);
  expect(levelAt(3000)).toBeGreaterThan(-45);
});

test('a muted stem is silent at once, and the other goes on', async () => {
  preview = new Preview(sound({ music: low, effects: high }), mix(), () => undefined);
  await preview.play();
  await vi.waitFor(() => expect(preview.seconds).toBeGreaterThan(0.2), { timeout: 5000 });
  preview.setMix(mix({ music: { gainDb: 0, isMuted: true, isSolo: false } }));
  await vi.waitFor(() => expect(levelAt(440)).toBeLessThan(-80));
  expect(levelAt(3000)).toBeGreaterThan(-45);
});

test('music is ducked while the original sound is active, and comes back after it', async () => {
  const silent = { ...high, loudnessLufs: -20 };
  const activity = Array.from({ length: 40 }, (_, at) => (at < 20 ? 0 : 1));
  preview = new Preview(
    sound({ music: low, original: silent }, activity),
    mix({ duckDb: 20 }),
    () => undefined,
  );
  await preview.play();
  await vi.waitFor(() => expect(preview.seconds).toBeGreaterThan(1), { timeout: 5000 });
  const before = levelAt(440);
  await vi.waitFor(() => expect(preview.seconds).toBeGreaterThan(3), { timeout: 5000 });
  expect(levelAt(440)).toBeLessThan(before - 12);
});

test('playback goes on after a jump, and stops at the end', async () => {
  const onChange = vi.fn();
  preview = new Preview(sound({ music: low }), mix(), onChange);
  await preview.play();
  preview.seek(SECONDS - 0.6);
  await vi.waitFor(() => expect(preview.isPlaying).toBe(true));
  expect(preview.seconds).toBeGreaterThanOrEqual(SECONDS - 0.61);
  await vi.waitFor(() => expect(preview.isPlaying).toBe(false), { timeout: 5000 });
  expect(preview.seconds).toBe(SECONDS);
  expect(onChange).toHaveBeenCalled();
});

test('the video follows the sound, silently', async () => {
  const video = document.createElement('video');
  const file = await makeVideo({ frames: 40, frameRate: 10, startSeconds: 0 });
  video.src = URL.createObjectURL(file);
  document.body.append(video);
  await new Promise((resolve) => video.addEventListener('loadeddata', resolve, { once: true }));
  preview = new Preview(sound({ music: low }), mix(), () => undefined);
  preview.attach(video, 0);
  await preview.play();
  await vi.waitFor(() => expect(preview.seconds).toBeGreaterThan(1.5), { timeout: 8000 });
  expect(video.muted).toBe(true);
  await vi.waitFor(() => expect(Math.abs(video.currentTime - preview.seconds)).toBeLessThan(0.2));
  preview.pause();
  await vi.waitFor(() => expect(video.paused).toBe(true));
  video.remove();
});

test('another take is played from the same position', async () => {
  preview = new Preview(sound({ music: low }), mix(), () => undefined);
  await preview.play();
  await vi.waitFor(() => expect(preview.seconds).toBeGreaterThan(0.5), { timeout: 5000 });
  preview.replace(sound({ music: high }));
  await vi.waitFor(() => expect(levelAt(3000)).toBeGreaterThan(-45));
  await vi.waitFor(() => expect(levelAt(440)).toBeLessThan(-70));
  expect(preview.seconds).toBeGreaterThan(0.4);
});

test('while it plays, one sound fades into another without silence, and the clock goes on', async () => {
  preview = new Preview(sound({ music: low }), mix(), () => undefined);
  await preview.play();
  await vi.waitFor(() => expect(preview.seconds).toBeGreaterThan(0.8), { timeout: 5000 });
  const before = preview.seconds;
  preview.replace(sound({ music: high }));
  expect(preview.isPlaying).toBe(true);
  expect(preview.seconds).toBeGreaterThanOrEqual(before);
  const loudest = () => Math.max(levelAt(440), levelAt(3000));
  let least = Infinity;
  await vi.waitFor(
    () => {
      least = Math.min(least, loudest());
      expect(levelAt(440)).toBeLessThan(-70);
    },
    { interval: 10, timeout: 3000 },
  );
  expect(levelAt(3000)).toBeGreaterThan(-45);
  expect(least).toBeGreaterThan(-55);
  // Once more before the first fade is over.
  preview.replace(sound({ music: low }));
  preview.replace(sound({ music: high }));
  await vi.waitFor(() => expect(levelAt(3000)).toBeGreaterThan(-45));
  await vi.waitFor(() => expect(levelAt(440)).toBeLessThan(-70));
});

/** The least level near a frequency while time goes by. */
async function leastLevel(hertz: number, milliseconds: number): Promise<number> {
  let least = Infinity;
  const end = performance.now() + milliseconds;
  while (performance.now() < end) {
    least = Math.min(least, levelAt(hertz));
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return least;
}

test('a loop is played without a gap, and the position stays inside', async () => {
  preview = new Preview(sound({ music: low }), mix(), () => undefined);
  // A whole number of periods, so that the tone goes on where the loop begins again.
  preview.setLoop({ from: 1, to: 1.5 });
  preview.seek(1.1);
  await preview.play();
  await vi.waitFor(() => expect(levelAt(440)).toBeGreaterThan(-45), { timeout: 5000 });
  await vi.waitFor(() => expect(preview.seconds).toBeLessThan(1.1), { timeout: 5000, interval: 5 });
  expect(await leastLevel(440, 1500)).toBeGreaterThan(-45);
  expect(preview.seconds).toBeGreaterThanOrEqual(1);
  expect(preview.seconds).toBeLessThanOrEqual(1.5);
  preview.setLoop(null);
  await vi.waitFor(() => expect(preview.seconds).toBeGreaterThan(2), { timeout: 5000 });
});

test('a loop that is set while it plays takes effect at once', async () => {
  preview = new Preview(sound({ music: low }), mix(), () => undefined);
  await preview.play();
  await vi.waitFor(() => expect(preview.seconds).toBeGreaterThan(0.6), { timeout: 5000 });
  preview.setLoop({ from: 0.2, to: preview.seconds });
  await vi.waitFor(() => expect(preview.seconds).toBeLessThan(0.5), { timeout: 2000, interval: 5 });
  expect(preview.isPlaying).toBe(true);
});

test('ducking comes back with each round of a loop', async () => {
  const silent = { ...high, loudnessLufs: -20 };
  const activity = Array.from({ length: 40 }, (_, at) => (at < 20 ? 0 : 1));
  const stems = { music: low, original: silent };
  preview = new Preview(sound(stems, activity), mix({ duckDb: 20 }), () => undefined);
  preview.setLoop({ from: 1, to: 3 });
  preview.seek(2.6);
  await preview.play();
  await vi.waitFor(() => expect(levelAt(440)).toBeGreaterThan(-90), { timeout: 5000 });
  await vi.waitFor(() => expect(preview.seconds).toBeGreaterThan(2.8), { timeout: 5000, interval: 5 });
  const ducked = levelAt(440);
  await vi.waitFor(() => expect(preview.seconds).toBeLessThan(1.4), { timeout: 5000, interval: 5 });
  await vi.waitFor(() => expect(preview.seconds).toBeGreaterThan(1.3), { timeout: 5000, interval: 5 });
  expect(levelAt(440)).toBeGreaterThan(ducked + 12);
});

test('slow sound is low, and the video is as slow', async () => {
  const video = document.createElement('video');
  preview = new Preview(sound({ music: low }), mix(), () => undefined);
  preview.attach(video, 0);
  preview.setRate(0.5);
  await preview.play();
  // The onset of the tone has all frequencies.
  await vi.waitFor(() => expect(preview.seconds).toBeGreaterThan(0.2), { timeout: 5000 });
  expect(levelAt(220)).toBeGreaterThan(-45);
  expect(levelAt(440)).toBeLessThan(-60);
  await vi.waitFor(() => expect(video.playbackRate).toBeGreaterThan(0.4));
  expect(video.playbackRate).toBeLessThan(0.6);
  preview.setRate(1);
  await vi.waitFor(() => expect(levelAt(440)).toBeGreaterThan(-45), { timeout: 5000 });
});

test('the volume of this device is heard at once', async () => {
  preview = new Preview(sound({ music: low }), mix(), () => undefined);
  preview.setVolume(0);
  await preview.play();
  await vi.waitFor(() => expect(preview.seconds).toBeGreaterThan(0.5), { timeout: 5000 });
  expect(levelAt(440)).toBeLessThan(-80);
  preview.setVolume(1);
  await vi.waitFor(() => expect(levelAt(440)).toBeGreaterThan(-45));
});

test('arriving sound is played in place of a stem as far as it is there', async () => {
  const arriving = new ArrivingSound();
  const piece = (seconds: number) =>
    Int16Array.from({ length: seconds * 96_000 }, (_, index) =>
      Math.round(3277 * Math.sin((2 * Math.PI * 3000 * (index >> 1)) / 48_000)),
    );
  arriving.append(piece(1));
  preview = new Preview(sound({ music: low }), mix(), () => undefined);
  preview.setArriving({ music: arriving });
  await preview.play();
  await vi.waitFor(() => expect(levelAt(3000)).toBeGreaterThan(-45), { timeout: 5000 });
  expect(levelAt(440)).toBeLessThan(-60);
  // The second second has not arrived: the stem is played instead.
  await vi.waitFor(() => expect(levelAt(440)).toBeGreaterThan(-45), { timeout: 5000 });
  expect(preview.seconds).toBeLessThan(2);
  arriving.append(piece(3));
  expect(arriving.frames).toBe(4 * 48_000);
  preview.seek(2);
  await vi.waitFor(() => expect(levelAt(3000)).toBeGreaterThan(-45), { timeout: 5000 });
});
