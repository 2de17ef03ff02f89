import { describe, expect, it, vi } from 'vitest';
import { STYLES } from '#lib/synth/music/styles/styles.ts';
import { parsePitch } from '#lib/synth/music/theory/pitch.ts';
import {
  bandFrames,
  centroid,
  chroma,
  correlation,
  onsetCurve,
  renderWhole,
  scoreIn,
  tempoNear,
} from './analysis.ts';

// Rendering takes seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

/** Eight seconds of every style with two seeds, rendered once for all tests of this file. */
const rendered = STYLES.flatMap((style) =>
  [11, 12].map((seed) => {
    const score = scoreIn(style.name, { durationSeconds: 8, seed, cuts: [{ atSeconds: 5.3, weight: 0.9 }] });
    const sound = renderWhole(score);
    return { style: style.name, seed, score, sound, frames: bandFrames(sound.left, sound.right) };
  }),
);

/** Krumhansl and Kessler's key profiles. */
const MAJOR = [6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88];
const MINOR = [6.33, 2.68, 3.52, 5.38, 2.6, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17];
const MAJOR_MODES = ['ionian', 'lydian', 'mixolydian'];

describe('the sound of the music', () => {
  it('has no invalid sample, none beyond 0.89, and no DC, in any style', () => {
    for (const { sound } of rendered) {
      for (const side of [sound.left, sound.right]) {
        let largest = 0;
        let sum = 0;
        for (const x of side) {
          largest = Math.max(largest, Math.abs(x));
          sum += x;
        }
        expect(Number.isFinite(sum)).toBe(true);
        expect(largest).toBeLessThanOrEqual(0.89);
        expect(Math.abs(sum / side.length)).toBeLessThan(1e-3);
      }
    }
  });

  it('has no gap: no 150 ms between the first second and the last fall below -56 dBFS', () => {
    for (const { style, sound } of rendered) {
      for (let start = 48_000; start + 7200 < sound.left.length - 60_000; start += 7200) {
        let energy = 0;
        for (let i = start; i < start + 7200; i++) energy += sound.left[i]! ** 2 + sound.right[i]! ** 2;
        expect(10 * Math.log10(energy / 14_400 + 1e-12), `${style} at ${start / 48_000} s`).toBeGreaterThan(
          -56,
        );
      }
    }
  });

  it('does not click at chunk boundaries', () => {
    const jump = (x: Float32Array, i: number) => Math.abs(x[i - 1]! - 2 * x[i]! + x[i + 1]!);
    const ratios = rendered.flatMap(({ sound }) =>
      [5824, 5824 + 24_064, 5824 + 2 * 24_064].map((seam) => {
        let around = 1e-6;
        for (let i = seam - 240; i < seam + 240; i++)
          if (Math.abs(i - seam) > 2) around = Math.max(around, jump(sound.left, i));
        return Math.max(jump(sound.left, seam - 1), jump(sound.left, seam)) / around;
      }),
    );
    expect(Math.max(...ratios)).toBeLessThan(2);
  });

  it('is in the planned key', () => {
    const ranks = rendered.map(({ score, sound }) => {
      const music = score.music!;
      const tonic = parsePitch(music.key)!;
      const profile = MAJOR_MODES.includes(music.mode) ? MAJOR : MINOR;
      const heard = chroma(sound.left, sound.right);
      const fit = (root: number) =>
        correlation(
          heard,
          profile.map((_, pitch) => profile[(pitch - root + 12) % 12]!),
        );
      return Array.from({ length: 12 }, (_, root) => root)
        .sort((a, b) => fit(b) - fit(a))
        .indexOf(tonic);
    });
    // Loops that lean on the sixth degree sound like the relative key for a while: then the tonic is a near second.
    expect(ranks.filter((rank) => rank === 0).length / ranks.length).toBeGreaterThan(0.75);
    expect(ranks.filter((rank) => rank <= 3).length / ranks.length).toBeGreaterThan(0.9);
  });

  it('keeps the planned tempo within 2 % where drums play', () => {
    for (const style of ['uplifting', 'electronic', 'synthwave', 'lofi', 'playful']) {
      const score = scoreIn(style, { durationSeconds: 12, seed: 5 });
      const { left, right } = renderWhole(score);
      const heard = tempoNear(onsetCurve(bandFrames(left, right)), score.music!.tempoBpm);
      expect(Math.abs(heard / score.music!.tempoBpm - 1), style).toBeLessThan(0.02);
    }
  });

  it('has an onset within 50 ms of a hard cut', () => {
    for (const { style, seed, frames } of rendered) {
      const rises = frames.map((frame, i) =>
        i < 3 ? 0 : Math.max(...frame.map((level, b) => level - Math.max(frames[i - 3]![b]!, -45))),
      );
      const cut = Math.round(5.3 * 93.75);
      const atCut = Math.max(...rises.slice(cut - 4, cut + 5));
      const sorted = [...rises].sort((a, b) => a - b);
      expect(atCut, `${style} ${seed}`).toBeGreaterThan(
        Math.max(2.5, sorted[Math.floor(sorted.length * 0.85)]!),
      );
    }
  });

  it('sounds different in every style: a style is nearer to itself with another seed than to the others', () => {
    const features = rendered.map(({ frames, sound }) => {
      const means = frames[0]!.map(
        (_, b) => frames.reduce((sum, frame) => sum + frame[b]!, 0) / frames.length,
      );
      const overall = means.reduce((a, b) => a + b, 0) / means.length;
      const onsets = onsetCurve(frames);
      const strong = onsets.filter((x) => x > 25).length / (frames.length / 93.75);
      const spread = frames[0]!.map((_, b) =>
        Math.sqrt(frames.reduce((sum, frame) => sum + (frame[b]! - means[b]!) ** 2, 0) / frames.length),
      );
      return [
        ...means.map((m) => m - overall),
        ...spread,
        strong * 0.8,
        Math.log2(centroid(sound.left, sound.right)) * 4,
      ];
    });
    const distance = (a: number[], b: number[]) =>
      Math.sqrt(a.reduce((sum, x, i) => sum + (x - b[i]!) ** 2, 0));
    let found = 0;
    let own = 0;
    let others = 0;
    rendered.forEach(({ style }, i) => {
      const ranked = rendered
        .map((_, j) => j)
        .filter((j) => j !== i)
        .sort((a, b) => distance(features[i]!, features[a]!) - distance(features[i]!, features[b]!));
      if (rendered[ranked[0]!]!.style === style) found++;
      for (const j of ranked) {
        if (rendered[j]!.style === style) own += distance(features[i]!, features[j]!);
        else others += distance(features[i]!, features[j]!) / (ranked.length - 1);
      }
    });
    expect(found / rendered.length).toBeGreaterThan(0.7);
    expect(others / own).toBeGreaterThan(4);
  });

  it('is brighter when the mood is bright and excited than when it is dark and calm', () => {
    const heard = (valence: number, arousal: number) => {
      const { left, right } = renderWhole(
        scoreIn('cinematic', { mood: { valence, arousal }, durationSeconds: 6, seed: 3 }),
      );
      return centroid(left, right);
    };
    expect(heard(0.8, 0.8)).toBeGreaterThan(1.25 * heard(-0.8, -0.8));
  });
});
