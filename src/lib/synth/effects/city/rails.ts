import { Drift } from '../../dsp/drift.ts';
import { clamp } from '../../dsp/maths.ts';
import type { Random } from '../../dsp/random.ts';
import { foley } from '../sources/foley.ts';
import { NoiseBand } from '../sources/noise-band.ts';
import { sequence, type Source } from '../sources/source.ts';
import type { AmbienceDef } from '../sound-def.ts';

/** When the four axles of two bogies pass a joint, as shares of the time between joints. */
const WHEELS = [0, 0.124, 0.44, 0.564];

/** A train: rolling noise, joints, and squealing flanges in curves. */
export const train: AmbienceDef = {
  name: 'train',
  kind: 'ambience',
  family: 'machines',
  description: 'a train on its rails',
  place: 'open',
  create: (random, intensity) => {
    const rolling = new NoiseBand(random.fork('rolling'), {
      colour: 'pink',
      filter: 'bandpass',
      hertz: 190,
      quality: 0.6,
    });
    const wheels = new NoiseBand(random.fork('wheels'), {
      colour: 'white',
      filter: 'bandpass',
      hertz: 620,
      quality: 0.7,
    });
    const flanges = new NoiseBand(random.fork('flanges'), {
      colour: 'white',
      filter: 'bandpass',
      hertz: 2900,
      quality: 18,
    });
    const curve = new Drift(random, 0.3);
    const jointSeconds = 1.15 - 0.45 * intensity;
    const joints = sequence(
      random.fork('joints'),
      (_, index) => (index === 0 ? 0.2 : gapBefore(index) * jointSeconds),
      (r) => clack(r),
    );
    return (left, right, from, to) => {
      const bend = clamp(curve.advance(to - from) - 0.35, 0, 1);
      rolling.add(left, right, from, to, 0.42);
      wheels.add(left, right, from, to, 0.05 + 0.04 * intensity);
      flanges.add(left, right, from, to, 0.03 * bend);
      return joints(left, right, from, to);
    };
  },
};

function gapBefore(index: number): number {
  const k = index % WHEELS.length;
  return k === 0 ? 1 - WHEELS.at(-1)! : WHEELS[k]! - WHEELS[k - 1]!;
}

function clack(random: Random): Source {
  const level = random.between(0.7, 1);
  return foley(
    random,
    [{ at: 0, filter: 'bandpass', hertz: 700, quality: 0.8, gain: 1.2 * level, attack: 0.001, decay: 0.022 }],
    [
      {
        at: 0,
        gain: 1.8 * level,
        modes: [
          { hertz: random.between(180, 240), seconds: 0.1, gain: 0.1 },
          { hertz: random.between(420, 520), seconds: 0.07, gain: 0.07 },
          { hertz: random.between(1300, 1700), seconds: 0.06, gain: 0.07 },
        ],
      },
    ],
  );
}
