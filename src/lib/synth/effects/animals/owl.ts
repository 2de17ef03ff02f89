import { whistle } from '../sources/whistle.ts';
import type { OneShotDef } from '../sound-def.ts';

/** A tawny owl: a long hoot, a pause, a short one and a quavering one. */
export const owl: OneShotDef = {
  name: 'owl',
  kind: 'oneShot',
  family: 'animals',
  description: 'an owl hooting',
  place: 'open',
  seconds: 4,
  create: (random) => {
    const hertz = random.between(640, 760);
    const pause = random.between(1.1, 1.6);
    const common = { harmonics: 0.06, vibratoRate: 9 };
    return whistle(
      [
        {
          ...common,
          at: 0,
          seconds: 0.75,
          fromHertz: hertz,
          toHertz: hertz * 0.94,
          gain: 0.5,
          vibratoHertz: 3,
        },
        { ...common, at: 0.75 + pause, seconds: 0.16, fromHertz: hertz, toHertz: hertz * 0.98, gain: 0.4 },
        {
          ...common,
          at: 1.05 + pause,
          seconds: 1.05,
          fromHertz: hertz * 1.02,
          toHertz: hertz * 0.92,
          gain: 0.5,
          vibratoHertz: 16,
        },
      ],
      random.between(-0.2, 0.2),
    );
  },
};
