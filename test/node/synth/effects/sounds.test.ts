import { describe, expect, it } from 'vitest';
import { SOUNDS, soundNamed, wordsFor } from '#lib/synth/effects/sounds.ts';
import { measure } from '../../../bench/recognise/figures.ts';
import { type Recording, renderSolo } from '../../../bench/recognise/solo.ts';

/** The mix comes out of the limiter this much later than its blocks begin. */
const LATENCY_FRAMES = 320;
const BLOCK_FRAMES = 256;

describe.each(SOUNDS.map(({ name }) => name))('%s', (name) => {
  const sound = soundNamed(name);
  const recording = renderSolo(name, {
    seed: 7,
    seconds: sound.kind === 'ambience' ? 2 : Math.min(3, sound.seconds + 0.6),
  });
  const figures = measure(recording);

  it('is audible, without invalid samples, clipping or DC', () => {
    expect(figures.wrongSamples).toBe(0);
    expect(figures.loudestLufs).toBeGreaterThan(-45);
    expect(figures.peak).toBeLessThanOrEqual(0.89);
    expect(Math.abs(figures.dc)).toBeLessThan(1e-3);
  });

  it('has no clicks at block boundaries', () => {
    expect(seamRatio(recording)).toBeLessThan(2.5);
  });
});

/** Median roughness at the seams of blocks against that in their middles; 1 when seams can't be told. */
function seamRatio({ left }: Recording): number {
  const at = (offset: number) => {
    const found: number[] = [];
    for (let i = BLOCK_FRAMES * 4 - LATENCY_FRAMES + offset; i < left.length - 2; i += BLOCK_FRAMES) {
      const rough = Math.abs(left[i + 1]! - 2 * left[i]! + left[i - 1]!);
      if (Math.abs(left[i]!) > 1e-6) found.push(rough);
    }
    return found.sort((a, b) => a - b)[found.length >> 1] ?? 0;
  };
  const middles = [40, 80, 120, 160, 200].map(at).sort((a, b) => a - b)[2]!;
  return Math.max(at(0), at(-1)) / (middles + 1e-6);
}

describe('the table of sounds', () => {
  it('has at least forty, each with its own name and a description', () => {
    expect(SOUNDS.length).toBeGreaterThanOrEqual(40);
    expect(new Set(SOUNDS.map(({ name }) => name)).size).toBe(SOUNDS.length);
    for (const { description: text } of SOUNDS) expect(text).toMatch(/^\S.*\S$/);
  });

  it('has words for nearly every sound', () => {
    const wordless = SOUNDS.filter(({ name }) => wordsFor(name) === '').map(({ name }) => name);
    expect(wordless.length).toBeLessThan(12);
  });

  it('rejects an unknown name', () => {
    expect(() => soundNamed('kazoo')).toThrow(TypeError);
  });
});
