import { newBlock } from '../../dsp/blocks.ts';
import { Drift } from '../../dsp/drift.ts';
import { decayPerFrame } from '../../dsp/maths.ts';
import { SAMPLE_RATE } from '../../dsp/sample-rate.ts';
import { Bursts } from '../sources/bursts.ts';
import { modesOf, RATIOS } from '../sources/bodies.ts';
import { foley } from '../sources/foley.ts';
import { NoiseBand } from '../sources/noise-band.ts';
import type { AmbienceDef, OneShotDef } from '../sound-def.ts';

/** Food frying: steam, and spitting fat. */
export const sizzling: AmbienceDef = {
  name: 'sizzling',
  kind: 'ambience',
  family: 'home',
  description: 'food sizzling in a pan',
  place: 'room',
  create: (random, intensity) => {
    const steam = new NoiseBand(random.fork('steam'), {
      colour: 'white',
      filter: 'highpass',
      hertz: 3600,
      quality: 0.6,
      width: 0.5,
    });
    const pan = new NoiseBand(random.fork('pan'), {
      colour: 'white',
      filter: 'bandpass',
      hertz: 6200,
      quality: 0.7,
      width: 0.5,
    });
    const low = new NoiseBand(random.fork('low'), {
      colour: 'pink',
      filter: 'bandpass',
      hertz: 700,
      quality: 0.6,
      width: 0.5,
    });
    const unrest = new Drift(random, 5);
    const spits = new Bursts(random.fork('spits'), (r) => ({
      level: 0.2 + 0.8 * r.next() * r.next(),
      seconds: r.between(0.0008, 0.004),
      side: r.between(0.3, 0.7),
    }));
    const left = newBlock();
    const right = newBlock();
    return (outLeft, outRight, from, to) => {
      const level = (0.5 + 0.7 * intensity) * (1 + 0.25 * unrest.advance(to - from));
      steam.add(outLeft, outRight, from, to, 0.1 * level);
      low.add(outLeft, outRight, from, to, 0.05 * level);
      spits.fill(left, right, from, to, 60 + 160 * intensity);
      pan.addEnveloped(outLeft, outRight, from, to, left, right, 0.5);
      return true;
    };
  },
};

/** A knife on a board: four to seven even strokes. */
export const chopping: OneShotDef = {
  name: 'chopping',
  kind: 'oneShot',
  family: 'home',
  description: 'chopping on a board',
  place: 'room',
  seconds: 1.6,
  create: (random, { intensity }) => {
    const pause = random.between(0.2, 0.28);
    const hits = Array.from({ length: random.integer(4, 7) }, (_, i) => ({
      at: i * pause * random.between(0.97, 1.03),
      level: random.between(0.75, 1) * (0.6 + 0.5 * intensity),
    }));
    return foley(
      random,
      hits.flatMap(({ at, level }) => [
        { at, filter: 'bandpass' as const, hertz: 2400, gain: 0.35 * level, decay: 0.006 },
        { at, filter: 'lowpass' as const, hertz: 330, gain: 0.9 * level, decay: 0.02 },
      ]),
      hits.map(({ at, level }, i) => ({
        at,
        modes: modesOf(random.fork(i), RATIOS.wood, 360, 0.06, 0.5),
        gain: 0.3 * level,
      })),
    );
  },
};

/** A brush moving back and forth. */
export const brushing: AmbienceDef = {
  name: 'brushing',
  kind: 'ambience',
  family: 'home',
  description: 'brushing',
  place: 'room',
  create: (random, intensity) => {
    const bristles = new NoiseBand(random.fork('bristles'), {
      colour: 'white',
      filter: 'bandpass',
      hertz: 3600,
      quality: 0.8,
      width: 0.2,
    });
    const strokesPerSecond = 2.2 + 2.4 * intensity;
    const envelope = newBlock();
    const ease = 1 - decayPerFrame(0.012);
    const drift = new Drift(random, 1);
    let phase = 0;
    let level = 0;
    return (left, right, from, to) => {
      const step = (strokesPerSecond * (1 + 0.1 * drift.advance(to - from))) / SAMPLE_RATE;
      let stroke = phase;
      let now = level;
      for (let i = from; i < to; i++) {
        stroke += step;
        if (stroke >= 2) stroke -= 2;
        const isTo = stroke < 1;
        const x = isTo ? stroke : stroke - 1;
        const wanted = x < 0.78 ? (isTo ? 1 : 0.7) * (0.5 + x) : 0;
        now += (wanted - now) * ease;
        envelope[i] = now;
      }
      phase = stroke;
      level = now;
      bristles.tune(phase < 1 ? 3900 : 3200);
      bristles.addEnveloped(left, right, from, to, envelope, envelope, 0.3);
      return true;
    };
  },
};
