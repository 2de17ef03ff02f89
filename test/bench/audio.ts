/**
 * How many times faster than real time the meters, the limiter, the resampler and a whole mix run, on one core.
 * Usage: node test/bench/audio.ts [seconds …]   (default: 60 600)   CPU seconds, so that a busy machine disturbs less.
 */
import { Limiter } from '#lib/media/audio/limiter.ts';
import { LoudnessMeter } from '#lib/media/audio/loudness-meter.ts';
import { decodePcm16, Pcm16Encoder } from '#lib/media/audio/pcm16.ts';
import { Resampler } from '#lib/media/audio/resampler.ts';
import { TruePeakMeter } from '#lib/media/audio/true-peak-meter.ts';
import { masterMix, type MixTarget } from '#lib/steps/mix/master.ts';
import type { ChannelStrip } from '#lib/steps/mix/mix-sum.ts';

const RATE = 48_000;
const LUFS = -14;

/** A minute of something like music: a bass line, chords and drums, with pauses, at a peak of about -3 dBFS. */
function makeMusic(seed: number): Int16Array {
  const pcm = new Int16Array(60 * RATE * 2);
  let noise = seed;
  for (let frame = 0; frame < 60 * RATE; frame++) {
    const seconds = frame / RATE;
    noise = (Math.imul(noise, 1664525) + 1013904223) | 0;
    const beat = Math.exp(-(seconds % 0.5) * 14);
    const drum =
      0.35 * beat * Math.sin(2 * Math.PI * 60 * (seconds % 0.5)) + 0.1 * beat ** 3 * (noise / 2 ** 31);
    const chord = 0.05 * (Math.sin(seconds * 1382) + Math.sin(seconds * 1743) + Math.sin(seconds * 2073));
    const loudness = 0.6 + 0.4 * Math.sin(seconds * 0.4 + seed);
    pcm[frame * 2] = (drum + chord * loudness) * 32_767;
    pcm[frame * 2 + 1] = (drum - chord * loudness * 0.7) * 32_767;
  }
  return pcm;
}

/** Reads the minute over and over. */
function strip(minute: Int16Array, seconds: number): ChannelStrip {
  const frames = seconds * RATE;
  const read = (start: number, count: number) => {
    const piece = new Int16Array(count * 2);
    for (let done = 0; done < count;) {
      const from = ((start + done) % (60 * RATE)) * 2;
      const part = minute.subarray(from, from + (count - done) * 2);
      piece.set(part, done * 2);
      done += part.length / 2;
    }
    return Promise.resolve(piece);
  };
  return { gain: 1, frames, duck: null, read };
}

/** Does what a stem does, except for the disk. */
class Target implements MixTarget {
  #encoder = new Pcm16Encoder();
  #loudness = new LoudnessMeter(RATE);
  #truePeak = new TruePeakMeter();

  write(left: Float32Array, right: Float32Array): void {
    const pcm = new Int16Array(left.length * 2);
    this.#encoder.encode(left, right, 0, left.length, pcm);
    const written = [new Float32Array(left.length), new Float32Array(left.length)] as const;
    decodePcm16(pcm, ...written);
    this.#loudness.add(written);
    this.#truePeak.add(written);
  }
  get loudnessLufs() {
    return this.#loudness.loudnessLufs;
  }
  get truePeakDb() {
    return this.#truePeak.truePeakDb;
  }
}

async function time(name: string, seconds: number, work: () => unknown): Promise<void> {
  const began = process.cpuUsage();
  const note = await work();
  const { user, system } = process.cpuUsage(began);
  const cpu = (user + system) / 1e6;
  const text = typeof note === 'string' ? note : '';
  console.log(
    `${name.padEnd(28)} ${cpu.toFixed(2).padStart(6)} s ${(seconds / cpu).toFixed(0).padStart(6)} ×  ${text}`,
  );
}

const music = makeMusic(1);
const others = [makeMusic(2), makeMusic(3)];
const left = new Float32Array(60 * RATE);
const right = new Float32Array(60 * RATE);
decodePcm16(music, left, right);

for (const round of ['cold', 'warm']) {
  console.log(`60 s, ${round}`);
  await time('loudness meter', 60, () => new LoudnessMeter(RATE).add([left, right]));
  await time('true-peak meter', 60, () => new TruePeakMeter().add([left, right]));
  await time('limiter, 9 dB too loud', 60, () => new Limiter(0.87, RATE).push(left, right, 2.8));
  await time('44.1 to 48 kHz', 60, () => new Resampler(44_100, RATE).push(left, right));
}
const lengths = process.argv.slice(2).map(Number);
for (const seconds of lengths.length ? lengths : [60, 600]) {
  const strips = [music, ...others].map((minute) => strip(minute, seconds));
  const fades = { inFrames: 2400, outFrames: 24_000 };
  await time(`mix of three stems, ${seconds} s`, seconds, async () => {
    const plan = { strips, frames: seconds * RATE, fades, duckStepFrames: RATE / 10 };
    const open = () => Promise.resolve(new Target());
    const { target, gainDb } = await masterMix(
      plan,
      LUFS,
      open,
      () => Promise.resolve(),
      () => undefined,
    );
    return `gain ${gainDb} dB, ${target.loudnessLufs!.toFixed(2)} LUFS, ${target.truePeakDb!.toFixed(2)} dBTP`;
  });
}
