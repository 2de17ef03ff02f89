import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { ScoreSchema } from '#lib/job/score.ts';
import { barsOf } from '#lib/synth/music/bar.ts';
import { planMusic } from '#lib/synth/music/plan-music.ts';
import { STYLES } from '#lib/synth/music/styles/styles.ts';
import { parsePitch, pitchName } from '#lib/synth/music/theory/pitch.ts';
import { numeralToSymbol } from '#lib/synth/music/theory/chord.ts';
import { planScore } from '#lib/synth/plan.ts';
import { musicRequest } from './analysis.ts';

describe('planMusic', () => {
  it('plans a valid score whose sections cover the duration, for any request', () => {
    const request = fc.record({
      durationSeconds: fc.double({ min: 0.02, max: 700, noNaN: true }),
      seed: fc.nat(1e6),
      mood: fc.record({
        valence: fc.double({ min: -1, max: 1, noNaN: true }),
        arousal: fc.double({ min: -1, max: 1, noNaN: true }),
      }),
      cuts: fc.array(
        fc.record({
          atSeconds: fc.double({ min: 0, max: 700, noNaN: true }),
          weight: fc.double({ min: 0, max: 1, noNaN: true }),
        }),
        { maxLength: 60 },
      ),
    });
    fc.assert(
      fc.property(request, (differences) => {
        const score = planScore(musicRequest(differences));
        v.parse(ScoreSchema, score);
        const { sections } = score.music!;
        expect(sections[0]!.startSeconds).toBe(0);
        expect(sections[sections.length - 1]!.endSeconds).toBe(differences.durationSeconds);
        sections.forEach((section, k) => {
          expect(section.endSeconds).toBeGreaterThan(section.startSeconds);
          if (k > 0) expect(section.startSeconds).toBeCloseTo(sections[k - 1]!.endSeconds, 9);
        });
      }),
      { numRuns: 150, seed: 7 },
    );
  });

  it('puts a bar line on every strong cut and changes the tempo by less than 6 %', () => {
    const cuts = [5.37, 11.9, 19.72, 24.4, 33.3].map((atSeconds) => ({ atSeconds, weight: 0.9 }));
    for (const style of STYLES) {
      const { music } = planMusic(musicRequest({ durationSeconds: 45, cuts }), style.name);
      const bars = barsOf(music);
      for (const { atSeconds } of cuts) {
        expect(
          Math.min(...bars.map((bar) => Math.abs(bar.startSeconds - atSeconds))),
          style.name,
        ).toBeLessThan(0.001);
        expect(music.sections.some((section) => Math.abs(section.startSeconds - atSeconds) < 1e-6)).toBe(
          true,
        );
      }
      for (const section of music.sections.slice(0, -1))
        expect(Math.abs(section.tempoBpm / music.tempoBpm - 1), style.name).toBeLessThan(0.06);
    }
  });

  it('gives an accent to cuts, but not to weak ones', () => {
    const cuts = [3, 3.2, 3.4, 7].map((atSeconds, k) => ({ atSeconds, weight: k === 1 ? 0.9 : 0.6 }));
    expect(planMusic(musicRequest({ durationSeconds: 12, cuts })).music.accentsSeconds).toEqual([3.2, 7]);
    expect(
      planMusic(musicRequest({ durationSeconds: 12, cuts: [{ atSeconds: 6, weight: 0.1 }] })).music
        .accentsSeconds,
    ).toEqual([]);
  });

  it('chooses every style when the mood is its own', () => {
    for (const style of STYLES)
      expect(planMusic(musicRequest({ mood: style.centre })).music.style).toBe(style.name);
  });

  it('has a known chord for every numeral of every style, in any mood', () => {
    const numerals = STYLES.flatMap(({ bright, neutral, dark }) =>
      [bright, neutral, dark].flatMap(({ loops, cadence, home }) => [...loops.flat(), cadence, home]),
    );
    for (const numeral of new Set(numerals)) expect(numeralToSymbol(numeral, 0)).toMatch(/^[A-G]/);
  });

  it.each([
    ['A lofi beat for studying', 'lofi'],
    ['epic trailer music, heroic', 'epic'],
    ['creepy horror ambience', 'dark'],
    ['funny music for a cute puppy', 'playful'],
    ['techno for a club', 'electronic'],
    ['Traurig und ruhig', 'melancholy'],
    ['80s neon synthwave', 'synthwave'],
    ['acoustic folk, unplugged', 'acoustic'],
    ['musique calme pour la méditation, ambient', 'ambient'],
  ])('hears the style in "%s"', (musicPrompt, style) => {
    expect(planMusic(musicRequest({ musicPrompt })).music.style).toBe(style);
  });

  it('plans the instruments that the prompt names and none that it excludes', () => {
    const instruments = (differences: object) =>
      planMusic(
        musicRequest({ mood: { valence: 0.2, arousal: -0.1 }, ...differences }),
        'cinematic',
      ).music.parts.map((part) => part.instrument);
    expect(instruments({ musicPrompt: 'with a flute' })).toContain('flute');
    expect(instruments({})).toContain('piano');
    expect(instruments({ musicPrompt: 'no piano, without drums' })).not.toContain('piano');
    expect(instruments({ musicPrompt: 'no piano, without drums' })).not.toContain('orchestral drums');
    expect(instruments({ negativePrompt: 'drums, choir' })).not.toContain('choir');
    expect(instruments({ negativePrompt: 'drums, choir' })).not.toContain('orchestral drums');
  });

  it('is faster when the mood is more excited', () => {
    const tempo = (arousal: number) =>
      planMusic(musicRequest({ mood: { valence: 0, arousal }, durationSeconds: 60 }), 'cinematic').music
        .tempoBpm;
    expect(tempo(0)).toBeGreaterThan(tempo(-1));
    expect(tempo(1)).toBeGreaterThan(tempo(0));
  });

  it('is fuller where the picture moves more', () => {
    const curve = Array.from({ length: 60 }, (_, i) => ({
      atSeconds: i,
      motion: i < 20 || i > 40 ? 0.1 : 0.9,
      brightness: 0.5,
    }));
    const cuts = [20, 40].map((atSeconds) => ({ atSeconds, weight: 1 }));
    const { sections } = planMusic(musicRequest({ durationSeconds: 60, cuts, curve }), 'lofi').music;
    const mean = (from: number, to: number) => {
      const inside = sections.filter(
        (section) => section.startSeconds >= from - 0.01 && section.endSeconds <= to + 0.01,
      );
      return inside.reduce((sum, section) => sum + section.intensity, 0) / inside.length;
    };
    expect(mean(20, 40)).toBeGreaterThan(mean(0, 20) + 0.1);
  });

  it('gives the last chord at most about 15 % of a short film, and at least 0.6 s', () => {
    for (const style of STYLES)
      for (const durationSeconds of [8, 10, 12, 20, 30]) {
        const { sections } = planMusic(musicRequest({ durationSeconds }), style.name).music;
        const { startSeconds, endSeconds } = sections.at(-1)!;
        expect(endSeconds - startSeconds, `${style.name} ${durationSeconds}`).toBeLessThanOrEqual(
          Math.max(0.16 * durationSeconds, 2.5),
        );
        if (durationSeconds <= 12)
          expect(endSeconds - startSeconds).toBeLessThanOrEqual(0.16 * durationSeconds);
        expect(endSeconds - startSeconds).toBeGreaterThan(0.55);
      }
  });

  describe('over scenes', () => {
    const scene = (startSeconds: number, endSeconds: number, valence: number, arousal: number) => ({
      ...{ startSeconds, endSeconds, fadeSeconds: 0, like: null, mood: { valence, arousal } },
      ...{ places: [], musicPrompt: '', effectsPrompt: '' },
    });
    const scenes = [scene(0, 14.2, 0.8, -0.5), scene(14.2, 27.7, -0.9, 0.9), scene(27.7, 42, 0.8, -0.5)];
    const { music } = planMusic(
      musicRequest({ durationSeconds: 42, scenes, mood: { valence: 0.35, arousal: -0.1 } }),
      'cinematic',
    );
    const within = (from: number, to: number) =>
      music.sections
        .slice(0, -1)
        .filter(({ startSeconds, endSeconds }) => startSeconds >= from - 0.01 && endSeconds <= to + 0.01);

    it('a section begins with each scene', () => {
      for (const at of [14.2, 27.7])
        expect(music.sections.some(({ startSeconds }) => Math.abs(startSeconds - at) < 0.001)).toBe(true);
    });

    it('is fuller in a lively scene', () => {
      const fullness = (from: number, to: number) =>
        Math.max(...within(from, to).map(({ intensity }) => intensity));
      expect(fullness(14.2, 27.7)).toBeGreaterThan(fullness(0, 14.2));
    });

    it('builds up to a full scene, so that it does not begin with a jump in loudness', () => {
      const steps = music.sections
        .slice(1)
        .map(({ intensity }, k) => intensity - music.sections[k]!.intensity);
      expect(Math.max(...steps)).toBeLessThanOrEqual(0.3 + 1e-6);
    });

    it('goes to the relative minor in an unpleasant scene and comes back', () => {
      const roots = (from: number, to: number) => within(from, to).flatMap(({ chords }) => chords);
      const key = parsePitch(music.key)!;
      const minor = `${pitchName((key + 9) % 12)}m`;
      expect(roots(14.2, 27.7).some((chord) => chord.startsWith(minor))).toBe(true);
      expect(music.sections.at(-1)!.chords[0]!.startsWith(music.key)).toBe(true);
    });
  });

  it('gives the same plan again', () => {
    expect(planMusic(musicRequest({ seed: 99 }))).toEqual(planMusic(musicRequest({ seed: 99 })));
  });
});
