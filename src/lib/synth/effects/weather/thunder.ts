import { Drift } from '../../dsp/drift.ts';
import { exp, smoothstep } from '../../dsp/maths.ts';
import { SAMPLE_RATE } from '../../dsp/sample-rate.ts';
import { saturate } from '../../dsp/saturate.ts';
import { NoiseBand } from '../sources/noise-band.ts';
import { addScaled, newBlock } from '../../dsp/blocks.ts';
import type { OneShotDef } from '../sound-def.ts';

/** Thunder: a series of claps from along the bolt, increasingly dull. Intensity is nearness. */
export const thunder: OneShotDef = {
  name: 'thunder',
  kind: 'oneShot',
  family: 'weather',
  description: 'thunder rolling',
  place: 'open',
  seconds: 9,
  create: (random, { intensity, seconds }) => {
    const near = 0.15 + 0.8 * intensity;
    const length = Math.max(4, seconds);
    const claps: { at: number; rise: number; fall: number; level: number }[] = [];
    let at = near > 0.6 ? 0 : random.between(0, 0.15);
    for (let i = 0, count = random.integer(10, 18); i < count; i++) {
      const u = i / count;
      claps.push({
        at,
        rise: random.between(0.015, 0.12) + u * 0.15,
        fall: random.between(0.25, 0.7) + u * 0.6,
        level: (1 - 0.85 * u) * random.between(0.35, 1) * (i === 0 ? 1.3 : 1),
      });
      at += random.exponential(0.28 + u * 0.5) + 0.03;
    }
    const loudness = (t: number) => {
      let sum = 0;
      for (const clap of claps) {
        const x = t - clap.at;
        if (x > 0) sum += clap.level * (x < clap.rise ? x / clap.rise : exp(-(x - clap.rise) / clap.fall));
      }
      return sum * Math.min(1, t * 60) * smoothstep((length - t) / 3);
    };
    const roll = new NoiseBand(random.fork('roll'), {
      colour: 'white',
      filter: 'lowpass',
      hertz: 400,
      quality: 0.6,
    });
    const rumble = new NoiseBand(random.fork('rumble'), {
      colour: 'brown',
      filter: 'lowpass',
      hertz: 72,
      quality: 0.9,
    });
    const crack = new NoiseBand(random.fork('crack'), {
      colour: 'white',
      filter: 'highpass',
      hertz: 900,
      quality: 0.6,
    });
    const cracks = Array.from({ length: 9 }, () => ({ at: 0, level: random.between(0.3, 1) }));
    for (let k = 1; k < cracks.length; k++) cracks[k]!.at = cracks[k - 1]!.at + random.exponential(0.035);
    const sides = [new Drift(random.fork('left'), 7), new Drift(random.fork('right'), 7)] as const;
    const left = newBlock();
    const right = newBlock();
    let frames = 0;
    return (outLeft, outRight, from, to) => {
      const t = frames / SAMPLE_RATE;
      frames += to - from;
      const level = loudness(frames / SAMPLE_RATE) * 0.9;
      const l = level * (1 + 0.35 * sides[0].advance(to - from));
      const r = level * (1 + 0.35 * sides[1].advance(to - from));
      left.fill(0, from, to);
      right.fill(0, from, to);
      roll.tune(110 + (420 + 2000 * near) * exp(-t * (1 - 0.4 * near)) + 90 * level, 0.6);
      roll.add(left, right, from, to, 1.3 * l, 1.3 * r);
      rumble.add(left, right, from, to, 1.1 * l, 1.1 * r);
      if (near > 0.3 && t < 0.7) {
        let snap = 0;
        for (const { at: start, level: size } of cracks)
          if (t >= start) snap += size * exp(-(t - start) * 55);
        crack.add(left, right, from, to, snap * near * 0.32);
      }
      saturate(left, 1, from, to);
      saturate(right, 1, from, to);
      addScaled(outLeft, left, 0.8, from, to);
      addScaled(outRight, right, 0.8, from, to);
      return t < length;
    };
  },
};
