import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  decibelsToGain,
  exp,
  exp2,
  log,
  midiToHertz,
  panGains,
  power,
  sine,
  sinePrecise,
  tanh,
  tanPi,
} from '#lib/synth/dsp/maths.ts';

const many = Array.from({ length: 400 }, (_, i) => (i - 200) / 17.3);

describe('the deterministic mathematics', () => {
  it('agrees with `Math`', () => {
    for (const x of many) {
      expect(sine(x)).toBeCloseTo(Math.sin(2 * Math.PI * x), 6);
      expect(sinePrecise(x)).toBeCloseTo(Math.sin(2 * Math.PI * x), 12);
      expect(exp2(x) / 2 ** x).toBeCloseTo(1, 7);
      expect(exp(x) / Math.exp(x)).toBeCloseTo(1, 7);
      expect(log(Math.abs(x) + 1e-6)).toBeCloseTo(Math.log(Math.abs(x) + 1e-6), 9);
      expect(Math.abs(tanh(x) - Math.tanh(x))).toBeLessThan(0.025);
    }
    expect(power(2, 0.5)).toBeCloseTo(Math.SQRT2, 8);
    expect(tanPi(0.25)).toBeCloseTo(1, 10);
    expect(midiToHertz(69)).toBe(440);
    expect(decibelsToGain(-6.0206)).toBeCloseTo(0.5, 5);
  });

  it('pans with equal power', () => {
    for (const pan of [-1, -0.3, 0, 0.7, 1]) {
      const [left, right] = panGains(pan);
      expect(left * left + right * right).toBeCloseTo(1, 5);
    }
    expect(panGains(-1)[1]).toBeCloseTo(0, 6);
  });

  it('is the only mathematics of the engine: nothing in synth/ calls what may differ between engines', () => {
    const folder = join(import.meta.dirname, '../../../../src/lib/synth');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    );
    expect(files.length).toBeGreaterThan(40);
    const forbidden =
      /Math\.(sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|exp|expm1|pow|log|log2|log10|log1p|cbrt|hypot|random)\b|[\w)\]] \*\* |Date\.|performance\./;
    const guilty = files.filter((name) =>
      readFileSync(join(folder, name), 'utf8')
        .split('\n')
        .some((line) => !/^\s*(\*|\/\*|\/\/)/.test(line) && forbidden.test(line)),
    );
    expect(guilty).toEqual([]);
  });
});
