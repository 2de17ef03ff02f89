import { describe, expect, it, vi } from 'vitest';
import { KWeightedEnergy } from '#lib/media/audio/k-weighted-energy.ts';
import { levelJoins } from '#lib/synth/music/level-joins.ts';
import { STYLES } from '#lib/synth/music/styles/styles.ts';
import { noise } from '../../media/audio/signals.ts';
import { renderWhole, scoreIn } from './analysis.ts';

// Rendering takes seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const RATE = 48_000;
const CHUNK = 6144;

/** Noise of 12 s that is louder by some dB from 6 s on. */
function jumping(byDb: number): Float32Array {
  const samples = noise(0.05, 12 * RATE);
  const gain = 10 ** (byDb / 20);
  return samples.map((sample, i) => (i < 6 * RATE ? sample : sample * gain));
}

/** Chunks in arrays that are used again, then silence without end. `taken` counts them. */
function* chunks(samples: Float32Array, taken = { chunks: 0 }) {
  const left = new Float32Array(CHUNK);
  const right = new Float32Array(CHUNK);
  for (let at = 0; ; at += CHUNK) {
    taken.chunks++;
    left.fill(0);
    left.set(samples.subarray(at, at + CHUNK));
    right.set(left);
    yield { left, right };
  }
}

function levelled(samples: Float32Array, joins: readonly number[]): Float32Array {
  const out = new Float32Array(samples.length + CHUNK * 30);
  let at = 0;
  for (const { left, right } of levelJoins(chunks(samples), joins)) {
    expect(right).toEqual(left);
    out.set(left, at);
    at += left.length;
    if (at >= samples.length) break;
  }
  return out.subarray(0, samples.length);
}

/** Loudness of the 0.4 s after a time less that of the 0.4 s before it, LU. */
function jump(left: Float32Array, atSeconds: number, right = left): number {
  const energy = new KWeightedEnergy(RATE, 2);
  const [settle, from, at, to] = [-0.8, -0.4, 0, 0.4].map((by) => Math.round((atSeconds + by) * RATE));
  energy.next([left, right], settle!, from!);
  const before = energy.next([left, right], from!, at!);
  return 10 * Math.log10(energy.next([left, right], at!, to!) / before);
}

describe('levelJoins', () => {
  it.each([5, 8, -5, -8])('leaves about 2 LU of a jump by %s dB', (byDb) => {
    expect(Math.abs(jump(levelled(jumping(byDb), [6]), 6) - Math.sign(byDb) * 2)).toBeLessThan(0.5);
  });

  it('changes the level by at most 4 dB on each side', () => {
    const sound = jumping(30);
    const out = levelled(sound, [6]);
    expect(jump(out, 6)).toBeGreaterThan(21.5);
    const changesDb = [...out].flatMap((sample, i) =>
      Math.abs(sound[i]!) > 1e-4 ? [Math.abs(20 * Math.log10(sample / sound[i]!))] : [],
    );
    expect(changesDb.reduce((most, db) => Math.max(most, db))).toBeLessThan(4.01);
  });

  it('leaves a small jump, and all that is more than 1.2 s from a join, to the bit', () => {
    expect(levelled(jumping(1), [6])).toEqual(jumping(1));
    const sound = jumping(8);
    const out = levelled(sound, [6]);
    for (const [from, to] of [
      [0, 4.79],
      [7.21, 12],
    ])
      expect(out.subarray(from! * RATE, to! * RATE)).toEqual(sound.subarray(from! * RATE, to! * RATE));
  });

  it('does not click: the gain moves by less than 0.3 % per sample', () => {
    const sound = new Float32Array(12 * RATE).map((_, i) => (i < 6 * RATE ? 0.1 : 0.9) * (i % 2 ? 1 : -1));
    const out = levelled(sound, [6]);
    let largest = 0;
    for (let i = 1; i < sound.length; i++) {
      const [before, now] = [out[i - 1]! / sound[i - 1]!, out[i]! / sound[i]!];
      largest = Math.max(largest, Math.abs(now / before - 1));
    }
    expect(largest).toBeLessThan(3e-3);
  });

  it('holds less than two seconds at a join and nothing elsewhere', () => {
    const taken = { chunks: 0 };
    let given = 0;
    const held: number[] = [];
    for (const { left } of levelJoins(chunks(jumping(8), taken), [6])) {
      given += left.length;
      held.push((taken.chunks * CHUNK - given) / RATE);
      if (given >= 12 * RATE) break;
    }
    expect(Math.max(...held)).toBeLessThan(2);
    expect(held.filter((seconds) => seconds === 0).length).toBeGreaterThan(held.length * 0.8);
  });

  it('takes joins in any order, beyond the start, beside each other, and sound that is not finite', () => {
    const sound = jumping(8);
    expect(levelled(sound, [9, 6, 6.5, -1, 0])).toEqual(levelled(sound, [6, 9]));
    sound[6 * RATE + 5] = NaN;
    const out = levelled(sound, [6]);
    expect(out.filter(Number.isNaN).length).toBe(1);
    expect(out.subarray(0, 6 * RATE)).toEqual(sound.subarray(0, 6 * RATE));
  });
});

it('music of all styles begins a fuller section without a jump in loudness', () => {
  const cuts = [6.3, 12.1].map((atSeconds) => ({ atSeconds, weight: 1 }));
  const motion = [0.1, 0.5, 0.3];
  const curve = Array.from({ length: 36 }, (_, k) => ({
    ...{ atSeconds: k / 2, brightness: 0.5, motion: motion[Math.floor(k / 12)]! },
  }));
  const jumps = STYLES.flatMap(({ name }) => {
    const { left, right } = renderWhole(scoreIn(name, { durationSeconds: 18, seed: 3, cuts, curve }));
    return cuts.map(({ atSeconds }) => ({ name, atSeconds, lu: Math.abs(jump(left, atSeconds, right)) }));
  });
  // A first bar of a single quiet note may be followed by all instruments.
  const more = jumps.filter(({ lu }) => lu > 3);
  expect(more.length, JSON.stringify(more)).toBeLessThanOrEqual(jumps.length / 10);
  for (const { lu } of more) expect(lu).toBeLessThan(5);
});
