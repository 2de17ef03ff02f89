import { describe, expect, it } from 'vitest';
import { random } from '#lib/synth/dsp/random.ts';

describe('random', () => {
  it('gives the same stream for the same name and another for another', () => {
    const take = (name: string) => {
      const stream = random(name);
      return Array.from({ length: 8 }, () => stream.uint32());
    };
    expect(take('17/music/3')).toEqual(take('17/music/3'));
    expect(take('17/music/3')).not.toEqual(take('17/music/4'));
    // A change of these numbers changes every soundtrack ever made.
    expect(take('1/music').slice(0, 2)).toMatchInlineSnapshot(`
      [
        2496033675,
        1594542460,
      ]
    `);
  });

  it('forks streams that do not depend on what was drawn before', () => {
    const used = random('a');
    used.next();
    expect(used.fork('b').uint32()).toBe(random('a').fork('b').uint32());
  });

  it('has the documented distributions', () => {
    const stream = random('spread');
    const n = 20_000;
    const mean = (f: () => number) => Array.from({ length: n }, f).reduce((a, b) => a + b, 0) / n;
    expect(mean(() => stream.next())).toBeCloseTo(0.5, 1);
    expect(mean(() => stream.gaussian())).toBeCloseTo(0, 1);
    expect(mean(() => stream.gaussian() ** 2)).toBeCloseTo(1, 1);
    expect(Math.abs(mean(() => stream.exponential(3)) / 3 - 1)).toBeLessThan(0.05);
    expect(new Set(Array.from({ length: 200 }, () => stream.integer(2, 5)))).toEqual(new Set([2, 3, 4, 5]));
  });

  it('throws when there is nothing to pick from', () => {
    expect(() => random('x').pick([])).toThrow(TypeError);
  });
});
