import { Drift } from '../../dsp/drift.ts';
import { exp2 } from '../../dsp/maths.ts';
import type { Random } from '../../dsp/random.ts';
import { birds } from '../animals/birds.ts';
import { NoiseBand } from '../sources/noise-band.ts';
import { scaled, mix, type Source } from '../sources/source.ts';
import type { AmbienceDef } from '../sound-def.ts';
import { breeze } from '../weather/wind.ts';

/** Leaves of trees in moving air. */
export const leaves: AmbienceDef = {
  name: 'leaves',
  kind: 'ambience',
  family: 'nature',
  description: 'leaves rustling',
  place: 'open',
  create: rustling,
};

/** A forest by day: leaves, some birds and a breeze. */
export const forest: AmbienceDef = {
  name: 'forest',
  kind: 'ambience',
  family: 'nature',
  description: 'a forest',
  place: 'open',
  create: (random, intensity) =>
    mix([
      scaled(rustling(random.fork('leaves'), 0.2 + 0.3 * intensity), 0.6),
      scaled(birds.create(random.fork('birds'), intensity), 0.9),
      scaled(breeze.create(random.fork('air'), 0.3), 0.8),
    ]),
};

/** Three treetops with gusts of their own. */
function rustling(random: Random, intensity: number): Source {
  const trees = Array.from({ length: 3 }, (_, i) => ({
    noise: new NoiseBand(random.fork(i), {
      colour: 'white',
      filter: 'bandpass',
      hertz: 3000 + 900 * i,
      quality: 0.5,
    }),
    gust: new Drift(random.fork(`gust ${i}`), 0.3),
    flutter: new Drift(random.fork(`flutter ${i}`), 9),
    side: random.between(-0.7, 0.7),
  }));
  return (left, right, from, to) => {
    for (const { noise, gust, flutter, side } of trees) {
      const strength = exp2(1.8 * gust.advance(to - from) + 1.2 * (intensity - 0.5));
      const level = 0.05 * strength * (1 + 0.45 * flutter.advance(to - from));
      noise.add(left, right, from, to, level * (1 - side), level * (1 + side));
    }
    return true;
  };
}
