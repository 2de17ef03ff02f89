import { Drift } from '../../dsp/drift.ts';
import { lerp } from '../../dsp/maths.ts';
import type { Random } from '../../dsp/random.ts';
import { SAMPLE_RATE } from '../../dsp/sample-rate.ts';
import { NoiseBand } from '../sources/noise-band.ts';
import { Pings } from '../sources/pings.ts';
import type { Source } from '../sources/source.ts';
import type { AmbienceDef } from '../sound-def.ts';

/** A brook or a river over stones. */
export const stream: AmbienceDef = {
  name: 'stream',
  kind: 'ambience',
  family: 'water',
  description: 'a stream running',
  place: 'open',
  create: (random, intensity) => bubbling(random, 0.15 + 0.7 * intensity),
};

/**
 * Resonating bubbles (van den Doel, "Physically based models for liquid sounds", 2005) and turbulence.
 * @param force Flow, 0 … 1.
 */
export function bubbling(random: Random, force: number, lowestHertz = 350): Source {
  const bubbles = new Pings(96);
  const r = random.fork('bubbles');
  const hiss = new NoiseBand(random.fork('hiss'), {
    colour: 'white',
    filter: 'bandpass',
    hertz: 1700,
    quality: 0.4,
  });
  const depth = new NoiseBand(random.fork('depth'), {
    colour: 'pink',
    filter: 'bandpass',
    hertz: 420,
    quality: 0.6,
  });
  const drift = new Drift(random, 0.7);
  const perSecond = lerp(90, 420, force);
  return (left, right, from, to) => {
    const seconds = (to - from) / SAMPLE_RATE;
    const flow = 1 + 0.4 * drift.advance(to - from);
    const count = Math.floor(seconds * perSecond * flow + r.next());
    for (let k = 0; k < count; k++) {
      const size = r.next() * Math.sqrt(r.next());
      const hertz = lowestHertz + 2600 * (1 - size) * r.between(0.5, 1);
      const u = r.next();
      bubbles.hit(
        hertz,
        r.between(0.012, 0.05) * (900 / hertz + 0.35),
        0.06 * (0.2 + size) * u * u,
        r.between(-0.9, 0.9),
      );
    }
    bubbles.add(left, right, from, to);
    hiss.add(left, right, from, to, 0.03 * (0.5 + force) * flow);
    depth.add(left, right, from, to, 0.1 * force * flow);
    return true;
  };
}
