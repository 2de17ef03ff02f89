import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { ClipSchema, type Clip } from '#lib/job/entries/assemble.ts';
import { ScoreSchema } from '#lib/job/score.ts';
import { lineAt } from '#lib/media/audio/line.ts';
import { planScore } from '#lib/synth/plan.ts';
import { clipsOf, type Content, type TimelineClip } from '#lib/timeline/clip.ts';
import {
  changeClip,
  copyClip,
  moveClip,
  removeClip,
  splitClip,
  trimClip,
  varyClip,
} from '#lib/timeline/edit-clip.ts';

const FILM = 20;
const voice: Clip = {
  id: 'voice',
  track: 'voice',
  name: 'My words',
  startSeconds: 2,
  endSeconds: 8,
  offsetSeconds: 1,
  fadeInSeconds: 0,
  fadeOutSeconds: 0.2,
  gainDb: -2,
  gainLine: [
    { atSeconds: 0, value: 0 },
    { atSeconds: 4, value: -8 },
  ],
  panLine: [],
  isMuted: false,
  replaces: false,
  source: {
    from: 'file',
    blob: `sha256-${'0'.repeat(64)}`,
    peaks: `sha256-${'1'.repeat(64)}`,
    samples: 10 * 48_000,
    loudnessLufs: -16,
    truePeakDb: -3,
  },
};
const content: Content = {
  score: planScore({
    ...{ musicPrompt: 'warm cinematic', effectsPrompt: 'waves, wind, dog', negativePrompt: '' },
    ...{ mood: { valence: 0.3, arousal: 0 }, cues: [], curve: [], cuts: [{ atSeconds: 8, weight: 0.9 }] },
    ...{ durationSeconds: FILM, seed: 1, kind: 'both' },
  }),
  clips: [voice],
};
const clips = clipsOf(content);
const layer = clips.find(({ place }) => place.in === 'layers')!;
const event = clips.find(({ place }) => place.in === 'events')!;
const own = clips.find(({ place }) => place.in === 'clips')!;
const again = (edited: Content, { key }: TimelineClip) => clipsOf(edited).find((clip) => clip.key === key)!;

describe('edits of clips', () => {
  it('show layers as ambience, events as single sounds, and own sounds on their track', () => {
    expect([layer.track, event.track, own.track]).toEqual(['ambience', 'effects', 'voice']);
    expect(new Set(clips.map(({ key }) => key)).size).toBe(clips.length);
  });

  it.each([layer, event, own])('move $key and keep its length', (clip) => {
    const moved = again(moveClip(content, clip, 3.5, FILM), clip);
    const length = clip.endSeconds - clip.startSeconds;
    expect(moved.startSeconds).toBeCloseTo(Math.min(3.5, FILM - length), 3);
    expect(moved.offsetSeconds).toBe(clip.offsetSeconds);
  });

  it('trim the start so that what is heard stays where it is', () => {
    for (const clip of [layer, event, own]) {
      const to = clip.startSeconds + 0.3;
      const trimmed = again(trimClip(content, clip, 'start', to, FILM), clip);
      expect(trimmed.startSeconds - trimmed.offsetSeconds).toBeCloseTo(
        clip.startSeconds - clip.offsetSeconds,
        3,
      );
      expect(trimmed.endSeconds).toBeCloseTo(clip.endSeconds, 3);
    }
  });

  it('let a file begin no earlier and end no later than its sound', () => {
    expect(again(trimClip(content, own, 'start', 0, FILM), own).startSeconds).toBe(1);
    expect(again(trimClip(content, own, 'end', 19, FILM), own).endSeconds).toBe(11);
  });

  it.each([layer, event, own])('split $key without changing what is heard', (clip) => {
    const at = (clip.startSeconds + clip.endSeconds) / 2;
    const all = clipsOf(splitClip(content, clip, at));
    const first = all.find(({ key }) => key === clip.key);
    const second = all.findLast(({ place }) => place.in === clip.place.in);
    expect(first!.endSeconds).toBeCloseTo(second!.startSeconds, 3);
    expect(second!.startSeconds - second!.offsetSeconds).toBeCloseTo(
      first!.startSeconds - first!.offsetSeconds,
      3,
    );
    for (const seconds of [at + 0.1, at + 1])
      expect(lineAt(second!.gainLine, seconds - second!.startSeconds)).toBeCloseTo(
        lineAt(clip.gainLine, seconds - clip.startSeconds),
        6,
      );
  });

  it('vary one sound only', () => {
    const varied = varyClip(content, event).score!;
    const changed = varied.events.filter((each, k) => each !== content.score!.events[k]);
    expect(changed).toHaveLength(1);
    expect(changed[0]!.variation).not.toBe(content.score!.events[event.place.index]!.variation);
    expect(varied.layers).toBe(content.score!.layers);
  });

  it('keep 1,000 random edits inside what the schemas allow, and leave what they are given as it was', () => {
    const before = structuredClone(content);
    const seconds = fc.double({ min: -5, max: 30, noNaN: true });
    const edit = fc.record({
      verb: fc.constantFrom('move', 'trim start', 'trim end', 'split', 'copy', 'remove', 'vary', 'change'),
      which: fc.nat(),
      seconds,
      decibels: fc.double({ min: -200, max: 200 }),
    });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 10 }), (steps) => {
        const end = steps.reduce((now, { verb, which, seconds: at, decibels }) => {
          const all = clipsOf(now);
          const clip = all[which % (all.length || 1)];
          if (!clip) return now;
          if (verb === 'move') return moveClip(now, clip, at, FILM);
          if (verb === 'trim start') return trimClip(now, clip, 'start', at, FILM);
          if (verb === 'trim end') return trimClip(now, clip, 'end', at, FILM);
          if (verb === 'split') return splitClip(now, clip, at);
          if (verb === 'copy') return copyClip(now, clip, at, FILM);
          if (verb === 'remove') return removeClip(now, clip);
          if (verb === 'vary') return varyClip(now, clip);
          return changeClip(now, clip, { gainDb: decibels, fadeInSeconds: at, isMuted: true });
        }, content);
        v.parse(ScoreSchema, end.score);
        v.parse(v.array(ClipSchema), end.clips);
        for (const { startSeconds, endSeconds } of clipsOf(end)) {
          expect(startSeconds).toBeGreaterThanOrEqual(0);
          expect(startSeconds).toBeLessThan(FILM);
          expect(endSeconds).toBeGreaterThan(startSeconds);
        }
        expect(new Set(end.clips.map(({ id }) => id)).size).toBe(end.clips.length);
      }),
      { numRuns: 150 },
    );
    expect(content).toEqual(before);
  });
});
