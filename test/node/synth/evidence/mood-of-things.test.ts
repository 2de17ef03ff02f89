import { describe, expect, it } from 'vitest';
import type { Cue, SoundtrackRequest } from '#lib/job/score.ts';
import { moodOfSight, THEMES } from '#lib/synth/evidence/mood-of-things.ts';
import { sightOf } from '#lib/synth/evidence/sight.ts';
import { planMusic } from '#lib/synth/music/plan-music.ts';
import { STYLES } from '#lib/synth/music/styles/styles.ts';
import { curve, request } from '../effects/plan-request.ts';

/** A sure thing that stands in the picture for the whole film. */
const thing = (label: string, side = 0.5, x = 0.2): Cue => ({
  label,
  score: 0.95,
  times: curve.map(({ atSeconds }) => ({ atSeconds, x, y: 0.3, width: side, height: side })),
});
const seen = (...cues: Cue[]): Partial<SoundtrackRequest> => ({ cues, curve, kind: 'both' });
const moodOf = (...cues: Cue[]) => moodOfSight(sightOf(request(seen(...cues))));
const stylesOf = (mood: SoundtrackRequest['mood'], ...cues: Cue[]) =>
  new Set(
    Array.from({ length: 12 }, (_, seed) => planMusic(request({ ...seen(...cues), mood, seed })).music.style),
  );

describe('the mood of what is seen', () => {
  it('only names styles that exist', () => {
    const names = STYLES.map(({ name }) => name);
    for (const { styles } of Object.values(THEMES))
      expect(names).toEqual(expect.arrayContaining(Object.keys(styles)));
  });

  it('follows what is most in sight', () => {
    expect(moodOf(thing('dog')).themes[0]![0]).toBe('pets');
    expect(moodOf(thing('pizza'), thing('fork', 0.2, 0.7)).themes[0]![0]).toBe('food');
    expect(moodOf(thing('dog', 0.05)).share).toBeLessThan(moodOf(thing('dog')).share / 2);
    expect(moodOf().share).toBeLessThan(0.5);
  });

  it('outweighs colours: a dog that moves in the dark is not tense, saturated food is not synthwave', () => {
    for (const style of stylesOf({ valence: -0.6, arousal: 0.5 }, thing('dog')))
      expect(['tense', 'dark', 'synthwave']).not.toContain(style);
    for (const style of stylesOf({ valence: 0.3, arousal: 0.7 }, thing('pizza')))
      expect(['synthwave', 'tense', 'epic']).not.toContain(style);
  });

  it('gives way to a mood that the user chose', () => {
    const chosen = { valence: -0.6, arousal: 0.5 };
    const { mood, music } = planMusic(request({ ...seen(thing('dog')), mood: chosen, isMoodChosen: true }));
    expect(mood).toEqual(chosen);
    expect(music.style).toBe('tense');
  });
});

describe('the seed', () => {
  const plans = Array.from(
    { length: 30 },
    (_, seed) => planMusic(request({ ...seen(thing('dog')), seed })).music,
  );
  const different = (of: (plan: (typeof plans)[number]) => unknown) =>
    new Set(plans.map((plan) => JSON.stringify(of(plan)))).size;

  it('chooses key, chords and instruments, and a style among those that fit as well', () => {
    expect(different(({ key }) => key)).toBeGreaterThan(3);
    expect(different(({ sections }) => sections.map(({ chords }) => chords))).toBeGreaterThan(5);
    expect(different(({ parts }) => parts.map(({ instrument }) => instrument))).toBeGreaterThan(5);
    expect(different(({ style }) => style)).toBeLessThanOrEqual(3);
  });
});

it('what is dark and lively is not tense for that; black and white in low key may be', () => {
  const of = (saturation: number) => {
    const views = [0, 1, 2].map((atSeconds) => ({
      ...{ atSeconds, sky: 0, sea: 0, vegetation: 0, fire: 0, outdoor: 0.7, flat: 0, saturation },
    }));
    const curve = views.map(({ atSeconds }) => ({ atSeconds, motion: 0.8, brightness: 0.25 }));
    return moodOfSight(sightOf({ ...request(), views, curve })).styles.get('tense') ?? 0;
  };
  expect(of(0.3)).toBeLessThan(-0.4);
  expect(of(0.01)).toBeGreaterThan(0.2);
});
