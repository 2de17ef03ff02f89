import { Drift } from '../../dsp/drift.ts';
import { NoiseBand } from '../sources/noise-band.ts';
import type { AmbienceDef } from '../sound-def.ts';

/** Room tone: quiet air noise without a pitch. */
export const roomTone: AmbienceDef = {
  name: 'room-tone',
  kind: 'ambience',
  family: 'home',
  description: 'the quiet of a room',
  place: 'room',
  create: (random, intensity) => {
    const air = new NoiseBand(random.fork('air'), {
      colour: 'brown',
      filter: 'bandpass',
      hertz: 160,
      quality: 0.4,
      width: 0.9,
    });
    const breath = new NoiseBand(random.fork('breath'), {
      colour: 'pink',
      filter: 'lowpass',
      hertz: 900,
      quality: 0.5,
      width: 1,
    });
    const drift = new Drift(random, 0.12);
    return (left, right, from, to) => {
      const level = 1 + 0.15 * drift.advance(to - from);
      air.add(left, right, from, to, 0.4 * level);
      breath.add(left, right, from, to, (0.03 + 0.06 * intensity) * level);
      return true;
    };
  },
};
