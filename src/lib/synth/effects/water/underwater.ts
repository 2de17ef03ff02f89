import { Drift } from '../../dsp/drift.ts';
import { exp2 } from '../../dsp/maths.ts';
import type { Random } from '../../dsp/random.ts';
import { NoiseBand } from '../sources/noise-band.ts';
import { mix, sequence, type Source } from '../sources/source.ts';
import { whistle } from '../sources/whistle.ts';
import type { AmbienceDef } from '../sound-def.ts';

/** Under water: deep, muffled noise, and rising bubbles. */
export const underwater: AmbienceDef = {
  name: 'underwater',
  kind: 'ambience',
  family: 'water',
  description: 'under water',
  place: 'open',
  create: (random, intensity) => {
    const deep = new NoiseBand(random.fork('deep'), {
      colour: 'brown',
      filter: 'lowpass',
      hertz: 190,
      quality: 1.4,
    });
    const pressure = new NoiseBand(random.fork('pressure'), {
      colour: 'pink',
      filter: 'bandpass',
      hertz: 340,
      quality: 2.5,
    });
    const slow = new Drift(random.fork('slow'), 0.2);
    const bubbles = sequence(
      random.fork('bubbles'),
      (r) => 0.3 + r.exponential(2.8 - 2 * intensity),
      (r) => plume(r),
    );
    return (left, right, from, to) => {
      const swell = slow.advance(to - from);
      deep.add(left, right, from, to, 0.7 * (1 + 0.3 * swell));
      pressure.tune(340 * exp2(0.4 * swell), 2.5);
      pressure.add(left, right, from, to, 0.16 * (1 - 0.3 * swell));
      return bubbles(left, right, from, to);
    };
  },
};

/** A series of bubbles, each a short tone of rising pitch. */
function plume(random: Random): Source {
  const pan = random.between(-0.7, 0.7);
  const base = random.between(260, 520);
  let at = 0;
  const notes = Array.from({ length: random.integer(3, 14) }, (_, i) => {
    const hertz = base * random.between(0.8, 1.5) * (1 + 0.03 * i);
    const seconds = random.between(0.025, 0.07);
    const note = {
      at,
      seconds,
      fromHertz: hertz,
      toHertz: hertz * random.between(1.25, 1.8),
      gain: random.between(0.2, 1),
    };
    at += seconds + random.exponential(0.05);
    return note;
  });
  return mix([whistle(notes, pan, 0.07)]);
}
