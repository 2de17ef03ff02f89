import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Clip } from '#lib/job/entries/assemble.ts';
import { Pcm16Encoder } from '#lib/media/audio/pcm16.ts';
import { assembleTrack, type PlacedClip, type Track } from '#lib/steps/assemble/assemble-track.ts';
import { ClipLevel } from '#lib/steps/assemble/clip-level.ts';

const RATE = 48_000;
const clip: Clip = {
  ...{ id: 'a', track: 'music', name: 'a', startSeconds: 0, endSeconds: 0, offsetSeconds: 0 },
  ...{ fadeInSeconds: 0, fadeOutSeconds: 0, gainDb: 0, gainLine: [], panLine: [] },
  ...{ isMuted: false, replaces: false, source: { from: 'synth', seed: 1, style: null, words: null } },
};
const tone = (frames: number, hertz: number, amplitude: number) =>
  Float32Array.from({ length: frames }, (_, at) => amplitude * Math.sin((2 * Math.PI * hertz * at) / RATE));

/** A clip that plays a constant, so that its level can be read off. */
function constant(start: number, end: number, change: Partial<Clip> = {}, value = 0.5): PlacedClip {
  const own = { ...clip, ...change };
  return {
    start,
    end,
    level: new ClipLevel(own, { start, end }, Infinity),
    replaces: own.replaces,
    read: (frames) =>
      Promise.resolve({
        left: new Float32Array(frames).fill(value),
        right: new Float32Array(frames).fill(value),
      }),
  };
}

function baseOf(left: Float32Array): NonNullable<Track['base']> {
  const pcm = new Int16Array(2 * left.length);
  new Pcm16Encoder().encode(left, left, 0, left.length, pcm);
  return (start, count) => Promise.resolve(pcm.slice(2 * start, 2 * (start + count)));
}

/** The track as 16-bit samples; what is written is rounded, so that it can be compared. */
async function assembled(track: Track): Promise<Int16Array> {
  const out = new Int16Array(2 * track.frames);
  let at = 0;
  await assembleTrack(
    track,
    {
      copy: (pcm) => {
        out.set(pcm, at);
        at += pcm.length;
      },
      write: (left, right) => {
        left.forEach((sample, index) => {
          out[at++] = Math.round(sample * 32_768);
          out[at++] = Math.round(right[index]! * 32_768);
        });
      },
    },
    () => undefined,
  );
  expect(at).toBe(out.length);
  return out;
}

test('outside all clips every bit stays, whatever the clips are', async () => {
  const frames = 2 * RATE + 77;
  const base = baseOf(tone(frames, 440, 0.4));
  const whole = await base(0, frames);
  const place = fc.tuple(fc.nat(frames - 1), fc.integer({ min: 1, max: frames })).map(([start, length]) => ({
    start,
    end: Math.min(frames, start + length),
  }));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(place, fc.boolean()), { maxLength: 4 }), async (places) => {
      const clips = places.map(([{ start, end }, replaces]) => constant(start, end, { replaces }));
      const out = await assembled({ base, frames, clips });
      const isCovered = (frame: number) => clips.some(({ start, end }) => frame >= start && frame < end);
      for (let frame = 0; frame < frames; frame++) {
        if (isCovered(frame)) continue;
        if (out[2 * frame] !== whole[2 * frame] || out[2 * frame + 1] !== whole[2 * frame + 1])
          throw new Error(`Frame ${frame} has changed.`);
      }
    }),
    { numRuns: 25 },
  );
});

test('what replaces crosses over with equal power, and nothing is left of what was there', async () => {
  const frames = RATE;
  const base = baseOf(tone(frames, 440, 0.3));
  const silent = constant(10_000, 40_000, { replaces: true, fadeInSeconds: 0.1, fadeOutSeconds: 0.1 }, 0);
  const out = await assembled({ base, frames, clips: [silent] });
  expect(out.subarray(2 * 15_000, 2 * 35_000).every((sample) => sample === 0)).toBe(true);
  const loud = constant(10_000, 40_000, { replaces: true, fadeInSeconds: 0.1, fadeOutSeconds: 0.1 });
  const alone = await assembled({ base: null, frames, clips: [loud] });
  const middle = alone[2 * 12_400]! / 32_768 / 0.5;
  expect(middle).toBeCloseTo(Math.SQRT1_2, 2);
});

test('gain and its line are decibels, straight between the points', async () => {
  const gainLine = [
    { atSeconds: 0.25, value: 0 },
    { atSeconds: 0.75, value: -12 },
  ];
  const out = await assembled({
    base: null,
    frames: RATE,
    clips: [constant(0, RATE, { gainDb: -6, gainLine })],
  });
  const levelDb = (seconds: number) => 20 * Math.log10(out[2 * Math.round(seconds * RATE)]! / 16_384);
  expect(levelDb(0.1)).toBeCloseTo(-6, 1);
  expect(levelDb(0.5)).toBeCloseTo(-12, 1);
  expect(levelDb(0.9)).toBeCloseTo(-18, 1);
});

test('a line of positions moves a sound from left to right', async () => {
  const panLine = [
    { atSeconds: 0, value: -1 },
    { atSeconds: 1, value: 1 },
  ];
  const out = await assembled({ base: null, frames: RATE, clips: [constant(0, RATE, { panLine }, 0.3)] });
  const at = (seconds: number) => [0, 1].map((side) => out[2 * Math.round(seconds * RATE) + side]! / 9830);
  expect(at(0.02)[0]).toBeGreaterThan(1.3);
  expect(at(0.02)[1]).toBeLessThan(0.1);
  expect(at(0.5)[0]).toBeCloseTo(1, 2);
  expect(at(0.5)[1]).toBeCloseTo(1, 2);
  expect(at(0.98)[0]).toBeLessThan(0.1);
});

test('clips that are too loud together are limited', async () => {
  const clips = [constant(0, RATE, {}, 0.8), constant(0, RATE, {}, 0.8)];
  const out = await assembled({ base: null, frames: RATE, clips });
  expect(Math.max(...out)).toBeLessThanOrEqual(0.985 * 32_768);
});

test('a sound that is cut does not click, one that begins by itself keeps its attack', async () => {
  const first = async (offsetSeconds: number) => {
    const out = await assembled({
      base: null,
      frames: RATE,
      clips: [constant(1000, RATE, { offsetSeconds })],
    });
    return out[2 * 1000]! / 16_384;
  };
  expect(await first(0)).toBeCloseTo(1, 2);
  expect(await first(0.5)).toBeLessThan(0.02);
});
