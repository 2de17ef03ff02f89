import { expect, test } from 'vitest';
import { codeInLanes, planLanes } from '#lib/steps/film/code-in-lanes.ts';
import { prepareEncoder } from '#lib/steps/film/encoder-delay.ts';
import type { WavSound } from '#lib/steps/film/wav-sound.ts';

const RATE = 48_000;
const FRAME = 1024;
const SAMPLES = 1500 * FRAME + 12_345;

test('a sound that several encoders coded side by side is that of one encoder, also where the stretches join', async () => {
  const { delaySamples } = await prepareEncoder('aac');
  const sound = restlessSound(SAMPLES);
  const one = await decoded(sound, 1);
  const three = await decoded(sound, 3);
  expect(three.packets).toBe(one.packets);
  expect(three.samples.length).toBe(one.samples.length);
  const { lanes, stretches, length } = planLanes(SAMPLES, 3);
  expect({ lanes, stretches }).toEqual({ lanes: 3, stretches: 6 });
  for (let stretch = 1; stretch < stretches; stretch++) {
    const seam = stretch * length * FRAME;
    const [plain, joined] = [one, three].map(({ samples }) =>
      errorAround(sound.left, samples, seam, delaySamples),
    );
    expect(joined).toBeLessThan(plain! * 1.5);
  }
});

test('a reader that stops early ends all encoders', async () => {
  await prepareEncoder('aac');
  const packets = codeInLanes(restlessSound(SAMPLES), 'aac', 2);
  expect((await packets.next()).done).toBe(false);
  await packets.return();
  expect((await packets.next()).done).toBe(true);
});

/** Tones, noise and hard hits in between, some of them next to the joints: what makes an encoder switch windows. */
function restlessSound(samples: number): WavSound & { left: Float32Array } {
  const pcm = new Int16Array(samples * 2);
  const left = new Float32Array(samples);
  let random = 1;
  for (let index = 0; index < samples; index++) {
    random = (random * 1664525 + 1013904223) >>> 0;
    const sinceHit = (index + 700) % 19_200;
    const hit = Math.exp(-sinceHit / 900) * ((random >>> 16) / 32_768 - 1);
    const tone = 0.25 * Math.sin((2 * Math.PI * 330 * index) / RATE);
    left[index] = Math.round((0.6 * hit + tone) * 32_767) / 32_768;
    pcm[index * 2] = pcm[index * 2 + 1] = left[index]! * 32_768;
  }
  return { samples, left, read: (from, to) => Promise.resolve(pcm.slice(from * 2, to * 2)) };
}

async function decoded(sound: WavSound, lanes: number): Promise<{ packets: number; samples: Float32Array }> {
  const pieces: Float32Array[] = [];
  const decoder = new AudioDecoder({
    output(data) {
      const piece = new Float32Array(data.numberOfFrames);
      data.copyTo(piece, { planeIndex: 0, format: 'f32-planar' });
      pieces.push(piece);
      data.close();
    },
    error: (error) => {
      throw error;
    },
  });
  let packets = 0;
  for await (const { packet, meta } of codeInLanes(sound, 'aac', lanes)) {
    if (packets === 0) decoder.configure(meta!.decoderConfig!);
    // The packets' own times are those of their lane.
    decoder.decode(packet.clone({ timestamp: (packets * FRAME) / RATE }).toEncodedAudioChunk());
    packets++;
  }
  await decoder.flush();
  decoder.close();
  const samples = new Float32Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    samples.set(piece, at);
    at += piece.length;
  }
  return { packets, samples };
}

/** Energy of what differs from the source within two packets around a sample. */
function errorAround(source: Float32Array, coded: Float32Array, middle: number, delay: number): number {
  let energy = 0;
  for (let index = middle - 2 * FRAME; index < middle + 2 * FRAME; index++) {
    energy += (source[index]! - coded[index + delay]!) ** 2;
  }
  return energy;
}

test('a short sound is not worth several encoders, and each of several has as much to do', () => {
  expect(planLanes(2 * RATE, 4)).toEqual({ lanes: 1, stretches: 1, length: 93 });
  expect(planLanes(60 * RATE, 2)).toEqual({ lanes: 2, stretches: 8, length: 351 });
  const hours = planLanes(7200 * RATE, 4);
  expect(hours.stretches % hours.lanes).toBe(0);
  expect(hours.length).toBeLessThanOrEqual(375);
});
