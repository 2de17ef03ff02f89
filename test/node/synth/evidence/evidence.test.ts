import { describe, expect, it } from 'vitest';
import { certaintyOfLook, sumOfLevels, weigh, type Sighting } from '#lib/synth/evidence/evidence.ts';

const usual: Sighting = { scores: [0.9, 0.9, 0.9, 0.9], looks: 20, area: 0.35 ** 2, seconds: 4 };
const of = (change: Partial<Sighting>) => weigh({ ...usual, ...change });

describe('certainty', () => {
  it.each([
    [0.3, 0.0759],
    [0.5, 0.5],
    [0.65, 0.867],
    [0.9, 0.9933],
  ])('of one look with a score of %s is %s', (score, certainty) => {
    expect(certaintyOfLook(score)).toBeCloseTo(certainty, 3);
  });

  it('grows with every look, but less than if looks were independent', () => {
    const once = of({ scores: [0.5], looks: 1 }).certainty;
    const twice = of({ scores: [0.5, 0.5], looks: 2 }).certainty;
    expect(once).toBeCloseTo(0.5, 6);
    expect(twice).toBeCloseTo(1 - 0.5 * 0.85, 6);
  });

  it('of one look among many has a quarter of the odds', () => {
    expect(of({ scores: [0.65] }).certainty).toBeCloseTo(1.63 / 2.63, 2);
  });

  it('is shared with another label in the same place', () => {
    expect(of({ rivalScore: 0.9 }).certainty).toBeCloseTo(of({}).certainty / 2, 6);
  });
});

describe('level', () => {
  it('is the usual one for a sure thing of a third of the picture', () => {
    expect(of({}).levelDb).toBeCloseTo(0, 1);
  });

  it('falls by 6 dB when a thing is twice as far away', () => {
    const far = (factor: number) => of({ area: (0.3 / factor) ** 2 }).levelDb;
    expect(far(1) - far(2)).toBeCloseTo(6.02, 2);
  });

  it('falls by 3 dB when a thing is in sight for half as long, below two seconds', () => {
    expect(of({ seconds: 1 }).levelDb - of({ seconds: 0.5 }).levelDb).toBeCloseTo(3.01, 2);
    expect(of({ seconds: 8 }).levelDb).toBe(of({ seconds: 2 }).levelDb);
  });

  it('of many small things exceeds that of one large thing', () => {
    expect(sumOfLevels(Array.from({ length: 22 }, () => -8))).toBeGreaterThan(5);
  });
});

describe('whether it is heard', () => {
  it.each([
    ['seen once at 0.3', { scores: [0.3] }, false],
    ['seen once at 0.31 in a short clip', { scores: [0.31], looks: 3 }, false],
    ['seen once at 0.65 in twenty looks', { scores: [0.65], seconds: 0.5 }, true],
    ['seen often at 0.4', { scores: Array.from({ length: 10 }, () => 0.4) }, true],
    ['tiny', { area: 0.0009 }, false],
    ['sure and near', {}, true],
  ])('%s: %o', (_, change, isHeard) => {
    expect(of(change).isHeard).toBe(isHeard);
  });

  it('is faint for what one look of twenty saw', () => {
    expect(of({ scores: [0.65], seconds: 0.5 }).levelDb).toBeLessThan(-6);
  });
});
