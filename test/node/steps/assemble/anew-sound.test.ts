import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Clip } from '#lib/job/entries/assemble.ts';
import type { Score } from '#lib/job/score.ts';
import { LoudnessMeter } from '#lib/media/audio/loudness-meter.ts';
import { decodePcm16, Pcm16Encoder } from '#lib/media/audio/pcm16.ts';
import { anewSound } from '#lib/steps/assemble/anew-sound.ts';
import { assembleTrack } from '#lib/steps/assemble/assemble-track.ts';
import { ClipLevel } from '#lib/steps/assemble/clip-level.ts';
import { planScore } from '#lib/synth/plan.ts';
import { renderStem } from '#lib/synth/render.ts';

const RATE = 48_000;
const SECONDS = 12;
const FRAMES = SECONDS * RATE;
const nothing = { negativePrompt: '', cues: [], curve: [], cuts: [{ atSeconds: 6.2, weight: 0.9 }] };
const scoreOf = (musicPrompt: string, effectsPrompt: string, seed: number): Score =>
  planScore({
    ...{ ...nothing, musicPrompt, effectsPrompt, seed, durationSeconds: SECONDS, kind: 'both' },
    mood: { valence: 0.3, arousal: -0.2 },
  });
const CASES = [
  ['ambient pads', 'music', scoreOf('ambient pads', '', 3)],
  ['calm piano', 'music', scoreOf('calm piano', '', 5)],
  ['rain and thunder', 'effects', scoreOf('', 'rain, wind, thunder', 7)],
  ['a forest with birds', 'effects', scoreOf('', 'a forest, birds, footsteps', 9)],
] as const;

function stemOf(score: Score, track: 'music' | 'effects'): Int16Array {
  const pcm = new Int16Array(2 * FRAMES);
  const encoder = new Pcm16Encoder();
  let at = 0;
  for (const { left, right } of renderStem(score, track)) {
    encoder.encode(left, right, 0, left.length, pcm.subarray(2 * at));
    at += left.length;
  }
  return pcm;
}

interface Part {
  start: number;
  end: number;
  seed?: number;
  style?: string | null;
  words?: string | null;
}

/** A stem with a part that is played anew. */
async function withPart(score: Score, track: 'music' | 'effects', base: Int16Array, part: Part) {
  const { start, end, seed = 1, style = null, words = null } = part;
  const source = { from: 'synth' as const, seed, style, words };
  const clip: Clip = {
    ...{ id: 'a', track, name: '', startSeconds: start / RATE, endSeconds: end / RATE, offsetSeconds: 0 },
    ...{ fadeInSeconds: 0.05, fadeOutSeconds: 0.05, gainDb: 0, gainLine: [], panLine: [] },
    ...{ isMuted: false, replaces: true, source },
  };
  const { read } = await anewSound(score, { start, end, track, source, clip, base: null });
  const level = new ClipLevel(clip, { start, end }, Infinity);
  const out = new Int16Array(base.length);
  const encoder = new Pcm16Encoder();
  let at = 0;
  await assembleTrack(
    {
      base: (from, count) => Promise.resolve(base.slice(2 * from, 2 * (from + count))),
      frames: FRAMES,
      clips: [{ start, end, level, replaces: true, read }],
    },
    {
      copy: (pcm) => {
        out.set(pcm, at);
        at += pcm.length;
      },
      write: (left, right) => {
        encoder.encode(left, right, 0, left.length, out.subarray(at));
        at += 2 * left.length;
      },
    },
    () => undefined,
  );
  return out;
}

function samplesOf(pcm: Int16Array, from: number, to: number) {
  const left = new Float32Array(to - from);
  const right = new Float32Array(to - from);
  decodePcm16(pcm.subarray(2 * from, 2 * to), left, right);
  return { left, right };
}

function loudnessOf(pcm: Int16Array, from: number, to: number): number {
  const { left, right } = samplesOf(pcm, from, to);
  const meter = new LoudnessMeter(RATE);
  meter.add([left, right]);
  return meter.loudnessLufs ?? -Infinity;
}

/** The largest step from one sample to the next. */
function largestStep(pcm: Int16Array, from: number, to: number): number {
  let largest = 0;
  for (let at = Math.max(1, from); at < Math.min(FRAMES, to); at++)
    for (const side of [0, 1])
      largest = Math.max(largest, Math.abs(pcm[2 * at + side]! - pcm[2 * at - 2 + side]!));
  return largest;
}

describe.each(CASES)('%s', (_name, track, score) => {
  let base: Int16Array;
  beforeAll(() => {
    base = stemOf(score, track);
  }, 60_000);

  test('outside the range every bit stays, and inside something else is played', { timeout: 120_000 }, () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: FRAMES - 2 * RATE }),
        fc.integer({ min: RATE, max: 3 * RATE }),
        fc.integer({ min: 1, max: 1000 }),
        async (start, length, seed) => {
          const end = Math.min(FRAMES, start + length);
          const out = await withPart(score, track, base, { start, end, seed });
          expect(Buffer.compare(bytes(out, 0, start), bytes(base, 0, start))).toBe(0);
          expect(Buffer.compare(bytes(out, end, FRAMES), bytes(base, end, FRAMES))).toBe(0);
          expect(Buffer.compare(bytes(out, start, end), bytes(base, start, end))).not.toBe(0);
        },
      ),
      { numRuns: 3, endOnFailure: true },
    ),
  );

  test('the joins have no step, and about the loudness of what is around', { timeout: 60_000 }, async () => {
    const [start, end] = [3 * RATE, 8 * RATE];
    const out = await withPart(score, track, base, { start, end, seed: 4 });
    const usual = Math.max(largestStep(base, 2 * RATE, 9 * RATE), largestStep(out, 3.2 * RATE, 7.8 * RATE));
    for (const join of [start, end])
      expect(largestStep(out, join - 100, join + 100)).toBeLessThanOrEqual(usual);
    const difference = loudnessOf(out, start, end) - loudnessOf(base, start, end);
    expect(Math.abs(difference)).toBeLessThan(3);
  });
});

const bytes = (pcm: Int16Array, from: number, to: number) =>
  Buffer.from(pcm.buffer, pcm.byteOffset + 4 * from, 4 * (to - from));

test('the same seed plays the same, another seed something else', { timeout: 60_000 }, async () => {
  const [, track, score] = CASES[2];
  const base = stemOf(score, track);
  const made = async (seed: number) => {
    const out = await withPart(score, track, base, { start: 4 * RATE, end: 6 * RATE, seed });
    return bytes(out, 0, FRAMES);
  };
  const one = await made(1);
  expect(Buffer.compare(await made(1), one)).toBe(0);
  expect(Buffer.compare(await made(2), one)).not.toBe(0);
});
