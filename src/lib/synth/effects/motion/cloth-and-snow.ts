import { newBlock } from '../../dsp/blocks.ts';
import { Drift } from '../../dsp/drift.ts';
import { clamp, exp2 } from '../../dsp/maths.ts';
import { NoiseBand } from '../sources/noise-band.ts';
import { Bursts } from '../sources/bursts.ts';
import type { AmbienceDef } from '../sound-def.ts';

/** Cloth in the wind: a flag, a sail, a tent. */
export const flutter: AmbienceDef = {
  name: 'flutter',
  kind: 'ambience',
  family: 'motion',
  description: 'cloth fluttering in the wind',
  place: 'open',
  create: (random, intensity) => {
    const cloth = new NoiseBand(random.fork('cloth'), {
      colour: 'pink',
      filter: 'bandpass',
      hertz: 420,
      quality: 0.6,
      width: 0.5,
    });
    const edge = new NoiseBand(random.fork('edge'), {
      colour: 'white',
      filter: 'bandpass',
      hertz: 1800,
      quality: 0.6,
      width: 0.5,
    });
    const gust = new Drift(random.fork('gust'), 0.4);
    const flaps = new Bursts(random.fork('flaps'), (r) => ({
      level: 0.3 + 0.7 * r.next(),
      seconds: r.between(0.012, 0.03),
      side: r.between(0.35, 0.65),
    }));
    const left = newBlock();
    const right = newBlock();
    return (outLeft, outRight, from, to) => {
      const force = clamp(0.55 + 0.45 * gust.advance(to - from), 0.1, 1) * (0.5 + 0.7 * intensity);
      flaps.fill(left, right, from, to, 5 + 16 * force);
      cloth.addEnveloped(outLeft, outRight, from, to, left, right, 1.4 * force);
      edge.addEnveloped(outLeft, outRight, from, to, left, right, 0.25 * force);
      return true;
    };
  },
};

/** Skis or a snowboard: a swish with every turn. */
export const snowSwish: AmbienceDef = {
  name: 'snow-swish',
  kind: 'ambience',
  family: 'motion',
  description: 'skis on snow',
  place: 'open',
  create: (random, intensity) => {
    const snow = new NoiseBand(random.fork('snow'), {
      colour: 'white',
      filter: 'bandpass',
      hertz: 3200,
      quality: 0.5,
    });
    const base = new NoiseBand(random.fork('base'), {
      colour: 'pink',
      filter: 'bandpass',
      hertz: 520,
      quality: 0.6,
    });
    const turn = new Drift(random.fork('turn'), 0.9 + 0.6 * intensity);
    const grain = new Drift(random.fork('grain'), 22);
    return (left, right, from, to) => {
      const x = turn.advance(to - from);
      const edge = x * x;
      const level = (0.25 + 0.9 * edge) * (0.5 + 0.7 * intensity);
      snow.tune(2300 * exp2(0.9 * edge), 0.5);
      snow.add(
        left,
        right,
        from,
        to,
        0.16 * level * (1 + 0.3 * grain.advance(to - from)) * (1 - 0.5 * x),
        0.16 * level * (1 + 0.5 * x),
      );
      base.add(left, right, from, to, 0.12 * level);
      return true;
    };
  },
};
