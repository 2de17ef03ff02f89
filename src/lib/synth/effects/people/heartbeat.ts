import { foley } from '../sources/foley.ts';
import { sequence } from '../sources/source.ts';
import type { AmbienceDef } from '../sound-def.ts';

/** A heartbeat, 55 to 130 per minute by intensity. */
export const heartbeat: AmbienceDef = {
  name: 'heartbeat',
  kind: 'ambience',
  family: 'people',
  description: 'a heartbeat',
  place: 'room',
  create: (random, intensity) => {
    const seconds = 60 / (55 + 75 * intensity);
    return sequence(
      random.fork('beats'),
      (r, index) => (index === 0 ? 0.1 : index % 2 === 1 ? 0.28 : (seconds - 0.28) * r.between(0.97, 1.03)),
      (r, index) => {
        const isFirst = index % 2 === 0;
        return foley(r, [
          {
            at: 0,
            filter: 'lowpass',
            hertz: isFirst ? 75 : 95,
            quality: 1.6,
            gain: isFirst ? 3 : 2.1,
            attack: 0.008,
            decay: 0.05,
          },
          {
            at: 0,
            filter: 'bandpass',
            hertz: isFirst ? 150 : 190,
            quality: 1.2,
            gain: 0.5,
            attack: 0.006,
            decay: 0.03,
          },
        ]);
      },
    );
  },
};
