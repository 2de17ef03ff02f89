import { createHash } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { renderStem } from '#lib/synth/render.ts';
import { musicRequest, renderWhole, scoreIn } from './music/analysis.ts';
import { planScore } from '#lib/synth/plan.ts';

// Rendering takes seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

function digest({ left, right }: { left: Float32Array; right: Float32Array }): string {
  return createHash('sha256')
    .update(new Uint8Array(left.buffer))
    .update(new Uint8Array(right.buffer))
    .digest('hex');
}

describe('renderStem', () => {
  it.each([0.02, 0.05, 1, 2.5, 7.3])(
    'renders the exact number of frames for %s s, in both stems',
    (durationSeconds) => {
      const score = planScore(
        musicRequest({
          durationSeconds,
          kind: 'both',
          effectsPrompt: 'rain',
          cuts: [{ atSeconds: durationSeconds / 2, weight: 1 }],
        }),
      );
      for (const stem of ['music', 'effects'] as const) {
        let frames = 0;
        for (const { left, right } of renderStem(score, stem)) {
          expect(right.length).toBe(left.length);
          frames += left.length;
        }
        expect(frames).toBe(Math.round(durationSeconds * 48_000));
      }
    },
  );

  it('gives the same samples for the same score, also after JSON, and others for another seed', () => {
    const score = scoreIn('cinematic', { durationSeconds: 4, cuts: [{ atSeconds: 2, weight: 0.9 }] });
    const first = digest(renderWhole(score));
    expect(digest(renderWhole(JSON.parse(JSON.stringify(score)) as typeof score))).toBe(first);
    expect(digest(renderWhole(scoreIn('cinematic', { durationSeconds: 4, seed: 2 })))).not.toBe(first);
  });

  it('yields new arrays that can be transferred: first a short one, then half a second each', () => {
    const chunks = [...renderStem(scoreIn('lofi', { durationSeconds: 2.2 }), 'music')];
    expect(new Set(chunks.flatMap(({ left, right }) => [left.buffer, right.buffer])).size).toBe(
      chunks.length * 2,
    );
    expect(chunks[0]!.left.length / 48_000).toBeLessThan(0.15);
    for (const { left } of chunks.slice(1, -1)) expect(left.length / 48_000).toBeGreaterThan(0.4);
    for (const { left } of chunks) {
      expect(left.byteOffset).toBe(0);
      expect(left.byteLength).toBe(left.buffer.byteLength);
      expect(left.length / 48_000).toBeLessThan(1);
    }
  });

  it('ends in silence and is silent throughout when there is no music', () => {
    const { left } = renderWhole(scoreIn('epic', { durationSeconds: 5 }));
    expect(Math.abs(left[left.length - 1]!)).toBeLessThan(1e-4);
    const silent = renderWhole({ ...scoreIn('epic', { durationSeconds: 1 }), music: null });
    expect(silent.left.every((x) => x === 0)).toBe(true);
  });

  it('renders a score with unknown style, instruments and chords and an extreme tempo', () => {
    const score = scoreIn('lofi', { durationSeconds: 2 });
    const music = score.music!;
    const edited = renderWhole({
      ...score,
      music: {
        ...music,
        style: 'polka',
        beatsPerBar: 0,
        parts: music.parts.map((part) => ({ ...part, instrument: 'bagpipe' })),
        sections: music.sections.map((section) => ({ ...section, tempoBpm: 1e9, chords: ['H#wrong', ''] })),
      },
    });
    expect(edited.left.every((x) => Math.abs(x) <= 0.89)).toBe(true);
    expect(edited.left.some((x) => Math.abs(x) > 0.01)).toBe(true);
  });

  it('leaves a muted part out', () => {
    const score = scoreIn('acoustic', { durationSeconds: 3 });
    const whole = renderWhole(score);
    const music = score.music!;
    const muted = renderWhole({
      ...score,
      music: { ...music, parts: music.parts.map((part) => ({ ...part, isMuted: true })) },
    });
    expect(whole.left.some((x) => Math.abs(x) > 0.05)).toBe(true);
    expect(muted.left.every((x) => Math.abs(x) < 1e-6)).toBe(true);
  });
});
