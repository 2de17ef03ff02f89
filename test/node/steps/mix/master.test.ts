import { expect, test } from 'vitest';
import { LoudnessMeter } from '#lib/media/audio/loudness-meter.ts';
import { TruePeakMeter } from '#lib/media/audio/true-peak-meter.ts';
import { masterMix, type MixTarget } from '#lib/steps/mix/master.ts';
import type { MixPlan, ChannelStrip } from '#lib/steps/mix/mix-sum.ts';
import { noise } from '../../media/audio/signals.ts';

const SECONDS = 12;
const FRAMES = SECONDS * 48_000;

/** A target that only measures. */
class Measured implements MixTarget {
  frames = 0;
  isDiscarded = false;
  #loudness = new LoudnessMeter(48_000);
  #truePeak = new TruePeakMeter();

  write(left: Float32Array, right: Float32Array): void {
    this.frames += left.length;
    this.#loudness.add([left, right]);
    this.#truePeak.add([left, right]);
  }
  get loudnessLufs() {
    return this.#loudness.loudnessLufs;
  }
  get truePeakDb() {
    return this.#truePeak.truePeakDb;
  }
}

function strip(samples: Float32Array): ChannelStrip {
  const pcm = Int16Array.from({ length: samples.length * 2 }, (_, i) =>
    Math.round(samples[i >> 1]! * 32_767),
  );
  const read = (start: number, count: number) =>
    Promise.resolve(pcm.subarray(start * 2, (start + count) * 2));
  return { gain: 1, frames: samples.length, duck: null, read };
}

async function master(strips: ChannelStrip[], lufs: number) {
  const plan: MixPlan = {
    strips,
    frames: FRAMES,
    fades: { inFrames: 0, outFrames: 0 },
    duckStepFrames: 4800,
  };
  const opened: Measured[] = [];
  const open = () => {
    const target = new Measured();
    opened.push(target);
    return Promise.resolve(target);
  };
  const progress: number[] = [];
  const discard = (target: Measured) => {
    target.isDiscarded = true;
    return Promise.resolve();
  };
  const mastered = await masterMix(plan, lufs, open, discard, (fraction) => progress.push(fraction));
  return { ...mastered, opened, progress };
}

/** Quiet noise with a loud drum twice a second: far more dynamic than the limiter lets through. */
const drums = noise(0.02, FRAMES).map((sample, index) => {
  const seconds = (index % 24_000) / 48_000;
  return sample + 0.9 * Math.exp(-seconds * 40) * Math.sin(2 * Math.PI * 180 * seconds);
});

test('steady sound needs one writing pass and meets the loudness exactly', async () => {
  const { target, opened, gainDb } = await master([strip(noise(0.1, FRAMES))], -16);
  expect(opened).toHaveLength(1);
  expect(target.loudnessLufs).toBeCloseTo(-16, 1);
  expect(target.frames).toBe(FRAMES);
  expect(gainDb).toBe(Math.round(gainDb * 100) / 100);
});

test.for([-14, -18])(
  'sound with hard peaks meets %i LUFS all the same, and the peaks stay low',
  async (lufs) => {
    const { target, opened } = await master([strip(drums)], lufs);
    expect(Math.abs(target.loudnessLufs! - lufs)).toBeLessThanOrEqual(0.3);
    expect(target.truePeakDb).toBeLessThanOrEqual(-1.1);
    expect(opened.length).toBeLessThanOrEqual(3);
    expect(opened.map((each) => each.isDiscarded)).toEqual(opened.map((each) => each !== target));
  },
);

test('an unreachable loudness ends after three writing passes', async () => {
  const clicks = new Float32Array(FRAMES).map((_, i) => (i % 48_000 === 0 ? 0.5 : 0));
  const { opened, target, gainDb } = await master([strip(clicks)], -9);
  expect(opened.length).toBeLessThanOrEqual(3);
  expect(gainDb).toBeLessThanOrEqual(30);
  expect(target.truePeakDb).toBeLessThanOrEqual(-1.1);
});

test('no stem gives silence of the right length', async () => {
  const { target, gainDb } = await master([], -14);
  expect([target.frames, target.loudnessLufs, gainDb]).toEqual([FRAMES, null, 0]);
});

test('a stem shorter than the mix is followed by silence', async () => {
  const { target } = await master([strip(noise(0.1, 100_000))], -14);
  expect(target.frames).toBe(FRAMES);
  expect(target.loudnessLufs).toBeCloseTo(-14, 0);
});

test('a target is discarded when writing fails', async () => {
  const broken = { ...strip(noise(0.1, FRAMES)) };
  let reads = 0;
  const read = broken.read;
  broken.read = (start, count) => (++reads > 3 ? Promise.reject(new Error('gone')) : read(start, count));
  const target = new Measured();
  const plan = {
    strips: [broken],
    frames: FRAMES,
    fades: { inFrames: 0, outFrames: 0 },
    duckStepFrames: 4800,
  };
  let discarded: Measured | null = null;
  const mastered = masterMix(
    plan,
    -14,
    () => Promise.resolve(target),
    (each) => ((discarded = each), Promise.resolve()),
    () => undefined,
  );
  await expect(mastered).rejects.toThrow('gone');
  expect(discarded).toBe(target);
});
