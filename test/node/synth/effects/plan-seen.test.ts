import { describe, expect, it } from 'vitest';
import type { Cue } from '#lib/job/score.ts';
import { planEffects } from '#lib/synth/effects/plan-effects.ts';
import { findSound } from '#lib/synth/effects/sounds.ts';
import { COCO_LABELS } from '#lib/synth/words/coco-labels.ts';
import { ambiencesOf, curve, oneShotsOf, plan, request, track } from './plan-request.ts';

describe('what is seen', () => {
  it('pans a dog to its side', () => {
    const { events } = planEffects(request({ cues: [track('dog', { from: 0.15 })], curve }));
    expect(events.length).toBeGreaterThan(1);
    expect(events.every(({ recipe, pan }) => recipe === 'dog' && pan < -0.3)).toBe(true);
  });

  it('plans one passing car that pans with its path', () => {
    const cues = [track('car', { from: 0.05, to: 0.95, start: 4, end: 9 })];
    const { events } = planEffects(request({ cues, curve }));
    const cars = events.filter(({ recipe }) => recipe === 'car-pass');
    expect(cars).toHaveLength(1);
    expect(cars[0]!.pan).toBeLessThan(-0.5);
    expect(cars[0]!.panTo).toBeGreaterThan(0.5);
    expect(cars[0]!.atSeconds).toBeGreaterThan(3);
    expect(cars[0]!.atSeconds + cars[0]!.durationSeconds).toBeLessThan(10.5);
  });

  it('leaves a parked car silent', () => {
    expect(oneShotsOf('', { cues: [track('car')], curve })).not.toContain('car-pass');
  });

  it('begins and ends an ambience with its object', () => {
    const cues = [track('skateboard', { from: 0.25, to: 0.75, start: 5, end: 11 })];
    const rolling = planEffects(request({ cues, curve })).layers.find(
      ({ recipe }) => recipe === 'skateboard',
    )!;
    expect(Math.abs(rolling.startSeconds - 5)).toBeLessThanOrEqual(1);
    expect(Math.abs(rolling.endSeconds - 11)).toBeLessThanOrEqual(1);
  });

  it('plans a kick where the path of a ball turns', () => {
    const turns = [2, 4, 6];
    const path = (t: number) => {
      const x = (t / 2) % 2;
      return 0.2 + 0.6 * (x < 1 ? x : 2 - x);
    };
    const cues = [track('sports ball', { end: 7, size: 0.1, path })];
    const { events } = planEffects(request({ cues, curve, durationSeconds: 8 }));
    expect(events.map(({ atSeconds }) => Math.round(atSeconds))).toEqual(turns);
  });

  it('makes distant objects quieter and more distant', () => {
    const bark = (size: number) => planEffects(request({ cues: [track('dog', { size })], curve })).events[0]!;
    // The channel strip makes distant sounds quieter by 18 dB.
    const level = (size: number) => bark(size).gainDb - 18 * bark(size).distance;
    expect(level(0.7)).toBeGreaterThan(level(0.1) + 3);
    expect(bark(0.7).distance).toBeLessThan(bark(0.1).distance);
  });

  it('plans a crowd for many people and footsteps for one who walks', () => {
    const people = Array.from({ length: 6 }, (_, i) => track('person', { from: 0.1 + i * 0.15, size: 0.2 }));
    expect(ambiencesOf('', { cues: people, curve })).toContain('crowd');
    const walker = track('person', { from: 0.1, to: 0.9, slim: 0.4 });
    expect(ambiencesOf('', { cues: [walker], curve })).toContain('footsteps');
    const face = track('person', { from: 0.1, to: 0.9, slim: 1.1 });
    expect(ambiencesOf('', { cues: [face], curve })).not.toContain('footsteps');
  });

  it('hears rain on an umbrella in the grey, and none in the sun', () => {
    const cues = [track('person'), track('umbrella', { from: 0.6, size: 0.5 })];
    const at = (brightness: number) =>
      ambiencesOf('', { cues, curve: curve.map((point) => ({ ...point, brightness })) });
    expect(at(0.35)).toContain('rain');
    expect(at(0.7)).not.toContain('rain');
  });

  it('lets things that are there from the start enter one after the other', () => {
    const people = Array.from({ length: 6 }, (_, i) => track('person', { from: 0.1 + i * 0.15, size: 0.2 }));
    const cues = [...people, track('motorcycle', { from: 0.1, to: 0.9 })];
    const views = [{ atSeconds: 0, sky: 0.5, sea: 0, vegetation: 0, fire: 0, outdoor: 0.9, flat: 0 }];
    const { layers } = planEffects(request({ cues, curve, views }));
    const starts = layers.map(({ startSeconds }) => startSeconds);
    expect(starts[0]).toBe(0);
    expect(starts.length).toBeGreaterThan(1);
    for (const [i, at] of starts.slice(1).entries()) expect(at - starts[i]!).toBeGreaterThan(0.3);
  });

  it('has a rule for each of the 80 labels of COCO and for an animal, and every rule names sounds that exist', () => {
    expect(Object.keys(COCO_LABELS)).toHaveLength(81);
    for (const [label, rule] of Object.entries(COCO_LABELS)) {
      if (rule.ambience)
        expect(findSound(rule.ambience)?.kind, `${label}: ${rule.ambience}`).toBe('ambience');
      if (rule.oneShot) expect(findSound(rule.oneShot)?.kind, `${label}: ${rule.oneShot}`).toBe('oneShot');
      if (rule.trigger !== 'silent') expect(rule.ambience ?? rule.oneShot, label).toBeDefined();
      const path = rule.trigger === 'hits' ? (t: number) => 0.5 + 0.3 * Math.sin(t * 3) : undefined;
      const slim = label === 'person' ? 0.4 : 1;
      const seen = track(label, { from: 0.1, to: 0.9, end: 8, slim, ...(path ? { path } : {}) });
      // Some things sound only when somebody uses them, or only at home.
      const company = label === 'person' ? [] : [track('person', { from: 0.3, size: 0.3 })];
      const others = [
        ...(label === 'cat' ? [track('couch')] : []),
        ...(/cow|sheep|bear/.test(label) ? [track(label, { from: 0.9 })] : []),
      ];
      const cues = [seen, ...company, ...others];
      const dark = curve.map((point) => ({ ...point, brightness: 0.3 }));
      const { layers, events } = planEffects(request({ cues, curve: dark }));
      expect(layers.length + events.length, label).toBeGreaterThan(0);
      if (rule.trigger !== 'silent') {
        expect(
          [...layers, ...events].some(({ because, recipe }) => because === label || recipe === rule.ambience),
          label,
        ).toBe(true);
      }
    }
  });

  it('plans one-shots over the whole duration of a still picture', () => {
    const cues = [
      { label: 'dog', score: 0.8, times: [{ atSeconds: 0, x: 0.1, y: 0.3, width: 0.4, height: 0.5 }] },
    ];
    const { events } = planEffects(request({ cues, durationSeconds: 30 }));
    expect(events.at(-1)!.atSeconds).toBeGreaterThan(20);
  });
});

describe('evidence', () => {
  const made = 'High-quality and clear sound effects. Background sounds of: dog, car.';

  it('plans a thing once: words that nobody wrote add nothing', () => {
    const cues = [track('dog', { from: 0.2 })];
    const asked = plan(made, { cues, curve, ownWords: { music: '', effects: '' } });
    expect(asked).toEqual(plan('', { cues, curve }));
    expect(asked.events.every(({ from, because }) => from === 'picture' && because === 'dog')).toBe(true);
  });

  it('plans a thing once also when the user names it: where it is seen', () => {
    const cues = [track('dog', { from: 0.2 })];
    const { events } = plan('', { cues, curve, ownWords: { music: '', effects: 'a dog, a cat' } });
    const dogs = events.filter(({ recipe }) => recipe === 'dog');
    expect(dogs.every(({ pan }) => pan < -0.3)).toBe(true);
    expect(events.filter(({ recipe }) => recipe === 'cat').every(({ from }) => from === 'words')).toBe(true);
  });

  it('hears nothing of what is doubtful, and at most one faint sound of what one look of many saw', () => {
    const once = (score: number): Cue => ({ ...track('dog', { start: 4, end: 4.1 }), score });
    expect(oneShotsOf('', { cues: [once(0.3)], curve })).toEqual([]);
    const { events } = planEffects(request({ cues: [once(0.7)], curve }));
    expect(events).toHaveLength(1);
    expect(events[0]!.gainDb - 18 * events[0]!.distance).toBeLessThan(-4);
  });

  it('lets a crowd lead a bus', () => {
    const people = Array.from({ length: 22 }, (_, i) =>
      track('person', { from: 0.04 * i + 0.05, size: 0.2, slim: 0.4 }),
    );
    const bus = { ...track('bus', { from: 0.3, to: 0.7, size: 0.3, end: 6 }), score: 0.55 };
    const { layers } = planEffects(request({ cues: [...people, bus], curve }));
    const level = (recipe: string) => {
      const layer = layers.find((each) => each.recipe === recipe);
      return layer ? layer.gainDb - 18 * layer.distance : -99;
    };
    expect(level('crowd')).toBeGreaterThan(level('engine'));
  });

  it('lets one car pass at a time', () => {
    const cues = Array.from({ length: 5 }, (_, i) =>
      track('car', { from: 0.1, to: 0.9, start: i, end: i + 5, size: 0.2 }),
    );
    const passes = planEffects(request({ cues, curve })).events.filter(({ recipe }) => recipe === 'car-pass');
    expect(passes.length).toBeGreaterThan(0);
    passes.slice(1).forEach((pass, i) => {
      const before = passes[i]!;
      const shared = before.atSeconds + before.durationSeconds - pass.atSeconds;
      expect(shared).toBeLessThan(0.4 * before.durationSeconds);
    });
  });

  it('puts hits on the motion at the place of the thing', () => {
    const cues = [track('sports ball', { from: 0.3, to: 0.6, size: 0.1, end: 8 })];
    const onset = (atSeconds: number, x: number) => ({ atSeconds, strength: 0.8, x, y: 0.5 });
    const onsets = [onset(1.37, 0.35), onset(4.2, 0.45), onset(5, 0.95)];
    const { events } = planEffects(request({ cues, curve, onsets }));
    expect(events.map(({ atSeconds }) => atSeconds)).toEqual([1.37, 4.2]);
  });
});
