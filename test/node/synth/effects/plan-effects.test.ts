import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { LayerSchema, SoundEventSchema } from '#lib/job/score.ts';
import { planEffects } from '#lib/synth/effects/plan-effects.ts';
import { findSound } from '#lib/synth/effects/sounds.ts';
import { ambiencesOf, curve, oneShotsOf, plan, request, track } from './plan-request.ts';

describe('words', () => {
  it.each([
    ['a dog barks on a beach while waves roll in', ['sea'], ['dog']],
    ['heavy rain and thunder', ['downpour'], ['thunder']],
    ['a crackling campfire in a forest', ['fire', 'forest'], []],
    ['ein Gewitter über der Stadt', ['traffic'], ['thunder']],
    ['Regen fällt, ein Hund bellt', ['rain'], ['dog']],
    ['ein Zug fährt durch den Wald', ['train', 'forest'], []],
    ['pioggia leggera e un gatto che miagola', ['rain'], ['cat']],
    ['le onde del mare e i gabbiani', ['sea'], ['gulls']],
    ['campane di una chiesa', [], ['church-bell']],
    ['a busy café', ['cafe'], []],
    ['typing on a keyboard next to a ticking clock', ['keyboard', 'clock'], []],
  ])('plans “%s” as the ambiences %j and the one-shots %j', (prompt, ambiences, oneShots) => {
    expect(ambiencesOf(prompt)).toEqual(expect.arrayContaining(ambiences));
    expect(oneShotsOf(prompt)).toEqual(expect.arrayContaining(oneShots));
  });

  it('reads intensity and distance', () => {
    const strong = plan('heavy wind').layers[0]!;
    const weak = plan('a gentle wind').layers[0]!;
    expect(strong.intensity).toBeGreaterThan(weak.intensity + 0.4);
    const far = plan('distant traffic').layers[0]!;
    expect(far.distance).toBeGreaterThan(plan('traffic').layers[0]!.distance + 0.4);
  });

  it('reports unknown words, but neither words of templates nor stop words nor mood words', () => {
    const { unknownWords } = plan(
      'High-quality and clear sound effects based on a joyful man near a zorbinator. Background sounds of: dog',
    );
    expect(unknownWords).toEqual(['zorbinator']);
  });

  it('plans no footsteps for words about a standing person', () => {
    expect(ambiencesOf('a woman standing in a kitchen')).not.toContain('footsteps');
  });

  it('plans a siren only when words ask for it', () => {
    expect(oneShotsOf('a police car with a siren')).toContain('siren');
    expect(oneShotsOf('a city street at night')).not.toContain('siren');
  });
});

describe('exclusions', () => {
  it.each([
    ['rain and wind', 'wind', 'wind'],
    ['a beach with gulls', 'birds', 'gulls'],
    ['a street with cars', 'traffic, vehicles', 'traffic'],
    ['Hunde bellen im Regen', 'Hund', 'dog'],
    ['pioggia e vento', 'vento', 'wind'],
    ['a crowd at a market', 'voices, people', 'crowd'],
  ])('“%s” without “%s” has no %s', (effectsPrompt, negativePrompt, gone) => {
    const found = (negative: string) => {
      const { layers, events } = plan(effectsPrompt, { negativePrompt: negative });
      return [...layers, ...events].map(({ recipe }) => recipe);
    };
    expect(found('')).toContain(gone);
    expect(found(negativePrompt)).not.toContain(gone);
  });

  it('excludes what the effects prompt itself negates', () => {
    expect(ambiencesOf('rain without wind')).toEqual(['rain']);
    expect(oneShotsOf('Wald ohne Hund')).not.toContain('dog');
    expect(oneShotsOf('un parco senza cani')).not.toContain('dog');
  });

  it('excludes sounds of detected objects, too', () => {
    const cues = [track('dog')];
    expect(oneShotsOf('', { cues, curve })).toContain('dog');
    expect(oneShotsOf('', { cues, curve, negativePrompt: 'dogs' })).not.toContain('dog');
  });

  it('ignores the negative words of older templates', () => {
    const negativePrompt = 'Low quality, average quality, bad quality, poor quality';
    expect(plan('rain and a dog', { negativePrompt })).toEqual(plan('rain and a dog'));
  });
});

describe('rules', () => {
  const crowded =
    'rain, wind, sea, river, fire, forest, birds, crickets, crowd, café, traffic, train, helicopter, dog, cat, cow, horse, thunder, bells, door, phone, horn';

  it('takes at most three ambiences, one of each family, and four kinds of one-shots', () => {
    const { layers, events } = plan(crowded);
    const families = layers.map(({ recipe }) => findSound(recipe)!.family);
    expect(layers.length).toBeLessThanOrEqual(3);
    expect(new Set(families).size).toBe(families.length);
    expect(new Set(events.map(({ recipe }) => recipe)).size).toBeLessThanOrEqual(4);
  });

  it('keeps one-shots at least 0.7 s apart', () => {
    const times = plan(crowded, { durationSeconds: 60 }).events.map(({ atSeconds }) => atSeconds);
    times.slice(1).forEach((at, i) => expect(at - times[i]!).toBeGreaterThanOrEqual(0.69));
  });

  it('writes valid layers and events', () => {
    const cues = [
      track('dog'),
      track('car', { from: 0, to: 1, end: 6 }),
      track('person', { from: 0.2, to: 0.7 }),
    ];
    const { layers, events } = plan(crowded, { cues, curve, mood: { valence: 1, arousal: 1 } });
    expect(v.is(v.array(LayerSchema), layers)).toBe(true);
    expect(v.is(v.array(SoundEventSchema), events)).toBe(true);
  });

  it('gives the same plan for the same request', () => {
    expect(plan(crowded)).toEqual(plan(crowded));
  });

  it.each([0.02, 0.5, 3, 600])('plans %s s without events after the end', (durationSeconds) => {
    const { layers, events } = plan('dog, thunder, rain', { durationSeconds });
    expect(layers.every(({ endSeconds }) => endSeconds <= durationSeconds)).toBe(true);
    expect(events.every(({ atSeconds }) => atSeconds < durationSeconds)).toBe(true);
    expect(events.length).toBeLessThan(Math.max(3, durationSeconds / 3));
  });
});

describe('when nothing is asked for', () => {
  it('plans a quiet ambience that follows the mood', () => {
    for (const valence of [-1, -0.5, 0, 0.5, 1]) {
      for (const arousal of [-1, 0, 1]) {
        const { layers } = planEffects(request({ mood: { valence, arousal } }));
        expect(layers.length).toBeGreaterThan(0);
        expect(layers.every(({ gainDb }) => gainDb <= -5)).toBe(true);
      }
    }
    expect(ambiencesOf('', { mood: { valence: -0.8, arousal: 0.4 } })).not.toEqual(
      ambiencesOf('', { mood: { valence: 0.8, arousal: -0.4 } }),
    );
  });

  it('plans room tone where furniture is seen', () => {
    expect(
      ambiencesOf('', { cues: [track('couch', { from: 0.25 }), track('tv', { from: 0.8 })], curve }),
    ).toEqual(['room-tone']);
  });

  it('plans nothing when only music is wanted', () => {
    expect(plan('a dog in the rain', { kind: 'music' })).toEqual({
      layers: [],
      events: [],
      unknownWords: [],
    });
  });
});
