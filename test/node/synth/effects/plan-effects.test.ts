import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { type Cue, LayerSchema, SoundEventSchema, type SoundtrackRequest } from '#lib/job/score.ts';
import { planEffects } from '#lib/synth/effects/plan-effects.ts';
import { findSound } from '#lib/synth/effects/sounds.ts';
import { COCO_LABELS } from '#lib/synth/words/coco-labels.ts';

const request = (more: Partial<SoundtrackRequest> = {}): SoundtrackRequest => ({
  musicPrompt: '',
  effectsPrompt: '',
  negativePrompt: '',
  mood: { valence: 0, arousal: 0 },
  cues: [],
  curve: [],
  cuts: [],
  durationSeconds: 20,
  seed: 3,
  kind: 'effects',
  ...more,
});

const plan = (effectsPrompt: string, more: Partial<SoundtrackRequest> = {}) =>
  planEffects(request({ effectsPrompt, ...more }));
const ambiencesOf = (effectsPrompt: string, more: Partial<SoundtrackRequest> = {}) =>
  plan(effectsPrompt, more).layers.map(({ recipe }) => recipe);
const oneShotsOf = (effectsPrompt: string, more: Partial<SoundtrackRequest> = {}) => [
  ...new Set(plan(effectsPrompt, more).events.map(({ recipe }) => recipe)),
];

/** A thing seen every 0.2 s whose box goes from one place to another. */
function track(
  label: string,
  options: {
    from?: number;
    to?: number;
    start?: number;
    end?: number;
    size?: number;
    path?: (t: number) => number;
  } = {},
): Cue {
  const { from = 0.5, to = from, start = 0, end = 20, size = 0.4, path } = options;
  const times = [];
  for (let at = start; at <= end; at += 0.2) {
    const x = (path ? path(at) : from + ((to - from) * (at - start)) / (end - start)) - size / 2;
    times.push({
      atSeconds: at,
      x: Math.max(0, Math.min(1, x)),
      y: 0.5 - size / 2,
      width: size,
      height: size,
    });
  }
  return { label, score: 0.9, times };
}
const curve = Array.from({ length: 41 }, (_, i) => ({ atSeconds: i / 2, motion: 0.3, brightness: 0.5 }));

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
    expect(rolling.startSeconds).toBeCloseTo(5, 0);
    expect(rolling.endSeconds).toBeCloseTo(11, 0);
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
    const gain = (size: number) => planEffects(request({ cues: [track('dog', { size })], curve })).events[0]!;
    expect(gain(0.7).gainDb).toBeGreaterThan(gain(0.1).gainDb);
    expect(gain(0.7).distance).toBeLessThan(gain(0.1).distance);
  });

  it('plans a crowd for many people and footsteps for one who walks', () => {
    const people = Array.from({ length: 6 }, (_, i) => track('person', { from: 0.1 + i * 0.15, size: 0.2 }));
    expect(ambiencesOf('', { cues: people, curve })).toContain('crowd');
    expect(ambiencesOf('', { cues: [track('person', { from: 0.1, to: 0.9 })], curve })).toContain(
      'footsteps',
    );
  });

  it('has a rule for each of the 80 labels of COCO, and every rule names sounds that exist', () => {
    expect(Object.keys(COCO_LABELS)).toHaveLength(80);
    for (const [label, rule] of Object.entries(COCO_LABELS)) {
      if (rule.ambience)
        expect(findSound(rule.ambience)?.kind, `${label}: ${rule.ambience}`).toBe('ambience');
      if (rule.oneShot) expect(findSound(rule.oneShot)?.kind, `${label}: ${rule.oneShot}`).toBe('oneShot');
      if (rule.trigger !== 'silent') expect(rule.ambience ?? rule.oneShot, label).toBeDefined();
      const path = rule.trigger === 'hits' ? (t: number) => 0.5 + 0.3 * Math.sin(t * 3) : undefined;
      const cues = [track(label, { from: 0.1, to: 0.9, ...(path ? { path } : {}) })];
      const dark = curve.map((point) => ({ ...point, brightness: 0.3 }));
      const { layers, events } = planEffects(request({ cues, curve: dark }));
      expect(layers.length + events.length, label).toBeGreaterThan(0);
      if (rule.trigger !== 'silent') {
        expect(
          [...layers, ...events].some(({ because }) => because === label),
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
    expect(ambiencesOf('', { cues: [track('couch'), track('tv')], curve })).toEqual(['room-tone']);
  });

  it('plans nothing when only music is wanted', () => {
    expect(plan('a dog in the rain', { kind: 'music' })).toEqual({
      layers: [],
      events: [],
      unknownWords: [],
    });
  });
});
