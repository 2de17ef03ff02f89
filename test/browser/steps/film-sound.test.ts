import { expect, test } from 'vitest';
import { gainOfDb } from '#lib/media/audio/decibels.ts';
import { TruePeakMeter } from '#lib/media/audio/true-peak-meter.ts';
import { encodeInParallel, planRanges } from '#lib/steps/film/sound/encode-in-parallel.ts';
import type { SoundPacket } from '#lib/steps/film/sound/encode-ranges.ts';
import { decodePackets } from '#lib/steps/film/sound/decode-packets.ts';
import { prepareEncoder } from '#lib/steps/film/sound/encoder-delay.ts';
import { keepBelow } from '#lib/steps/film/sound/keep-below.ts';
import type { WavSound } from '#lib/steps/film/sound/wav-sound.ts';

const RATE = 48_000;
const FRAME = 1024;
const SAMPLES = 1500 * FRAME + 12_345;
const CEILING = gainOfDb(-1.1);
/** Hertz. */
const CHORD = [523, 1319, 2637, 4699, 7459];

test('a sound that several encoders coded side by side is that of one encoder, also where the ranges join', async () => {
  const { delaySamples } = await prepareEncoder('aac');
  const sound = restlessSound(SAMPLES);
  const one = await decoded(encodeInParallel(sound, 'aac', 1));
  const four = await decoded(encodeInParallel(sound, 'aac', 4));
  expect(four.packets).toBe(one.packets);
  expect(four.left.length).toBe(one.left.length);
  const { count, length } = planRanges(SAMPLES, 4);
  expect(count).toBe(4);
  for (let range = 1; range < count; range++) {
    const seam = range * length * FRAME;
    const [plain, joined] = [one, four].map(({ left }) => errorAround(sound.left, left, seam, delaySamples));
    expect(joined).toBeLessThan(plain! * 1.5);
  }
});

test('a reader that stops early ends all encoders', async () => {
  await prepareEncoder('aac');
  const packets = encodeInParallel(restlessSound(SAMPLES), 'aac', 2);
  expect((await packets.next()).done).toBe(false);
  await packets.return();
  expect((await packets.next()).done).toBe(true);
});

test('a short sound is not worth several encoders, and each of several has as much to do', () => {
  expect(planRanges(2 * RATE, 4)).toEqual({ count: 1, length: 93 });
  expect(planRanges(60 * RATE, 2)).toEqual({ count: 2, length: 1406 });
  const hours = planRanges(7200 * RATE, 4);
  expect(hours.count % 4).toBe(0);
  expect(hours.length).toBeLessThanOrEqual(2816);
});

test('where coding lifts the wave above the ceiling it is coded anew from a sound with a dip, and only there', async () => {
  const { delaySamples } = await prepareEncoder('aac');
  const sound = restlessSound(SAMPLES, gainOfDb(-1.3));
  const plain = await decoded(encodeInParallel(sound, 'aac', 2));
  const kept = await decoded(keepBelow(encodeInParallel(sound, 'aac', 2), sound, delaySamples, CEILING));
  expect(plain.truePeakDb).toBeGreaterThan(-1);
  expect(kept.truePeakDb).toBeLessThanOrEqual(-1);
  expect(kept.packets).toBe(plain.packets);

  const changed = kept.bytes.filter((bytes, index) => bytes !== plain.bytes[index]).length;
  expect(changed).toBeGreaterThan(0);
  expect(changed).toBeLessThan(plain.packets / 2);
  const [before, after] = [plain, kept].map(({ left }) => energy(left));
  expect(after! / before!).toBeGreaterThan(0.9);
  expect(after! / before!).toBeLessThanOrEqual(1);
});

test('a sound that stays below passes untouched', async () => {
  const { delaySamples } = await prepareEncoder('aac');
  const sound = restlessSound(400 * FRAME, 0.3);
  const plain = await decoded(encodeInParallel(sound, 'aac', 1));
  const kept = await decoded(keepBelow(encodeInParallel(sound, 'aac', 1), sound, delaySamples, CEILING));
  expect(kept.bytes).toEqual(plain.bytes);
});

/**
 * A tone and hard hits of a bright chord, some of them next to the joints: what makes an encoder switch windows. No
 * noise, which AAC leaves to the decoder to make up.
 */
function restlessSound(samples: number, loudest = 0.85): WavSound & { left: Float32Array } {
  const pcm = new Int16Array(samples * 2);
  const left = new Float32Array(samples);
  for (let index = 0; index < samples; index++) {
    const sinceHit = (index + 700) % 19_200;
    const turn = (hertz: number) => Math.sin((2 * Math.PI * hertz * index) / RATE);
    const chord = CHORD.reduce((sum, hertz) => sum + turn(hertz), 0) / CHORD.length;
    const hit = Math.max(-1, Math.min(1, 3 * chord)) * Math.exp(-sinceHit / 900);
    left[index] = Math.round((0.7 * hit + 0.3 * turn(330)) * loudest * 32_767) / 32_768;
    pcm[index * 2] = pcm[index * 2 + 1] = left[index]! * 32_768;
  }
  return { samples, left, read: (from, to) => Promise.resolve(pcm.slice(from * 2, to * 2)) };
}

interface Decoded {
  packets: number;
  bytes: string[];
  left: Float32Array;
  truePeakDb: number;
}

async function decoded(coded: AsyncIterable<SoundPacket>): Promise<Decoded> {
  const all = await Array.fromAsync(coded);
  const packets = all.map(({ packet }) => packet);
  const planes = await decodePackets(all[0]!.meta!.decoderConfig!, packets);
  const meter = new TruePeakMeter();
  meter.add(planes);
  const bytes = packets.map(({ data }) => String.fromCharCode(...data));
  return { packets: packets.length, bytes, left: planes[0]!, truePeakDb: meter.truePeakDb! };
}

/** Energy of what differs from the source within two packets around a sample. */
function errorAround(source: Float32Array, coded: Float32Array, middle: number, delay: number): number {
  const [from, to] = [middle - 2 * FRAME, middle + 2 * FRAME];
  return energy(coded.slice(from + delay, to + delay).map((value, index) => value - source[from + index]!));
}

function energy(samples: Float32Array): number {
  return samples.reduce((sum, value) => sum + value * value, 0);
}
