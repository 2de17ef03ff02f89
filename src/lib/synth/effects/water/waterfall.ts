import { Drift } from '../../dsp/drift.ts';
import { NoiseBand } from '../sources/noise-band.ts';
import type { AmbienceDef } from '../sound-def.ts';
import { bubbling } from './stream.ts';

/** A waterfall: broadband noise in four bands, and spray. */
export const waterfall: AmbienceDef = {
  name: 'waterfall',
  kind: 'ambience',
  family: 'water',
  description: 'a waterfall',
  place: 'open',
  create: (random, intensity) => {
    const bands = [
      { colour: 'brown', filter: 'bandpass', hertz: 90, quality: 0.6, level: 0.25 },
      { colour: 'pink', filter: 'bandpass', hertz: 380, quality: 0.4, level: 0.5 },
      { colour: 'white', filter: 'bandpass', hertz: 1500, quality: 0.35, level: 0.16 },
      { colour: 'white', filter: 'highpass', hertz: 5000, quality: 0.5, level: 0.03 },
    ] as const;
    const streams = bands.map(({ level, ...shape }, i) => ({
      level,
      noise: new NoiseBand(random.fork(i), { ...shape, width: 0.9 }),
      drift: new Drift(random.fork(`drift ${i}`), 1 + i),
    }));
    const near = bubbling(random.fork('near'), 0.3, 250);
    const force = 0.5 + 0.7 * intensity;
    return (left, right, from, to) => {
      for (const { noise, drift, level } of streams) {
        noise.add(left, right, from, to, level * force * (1 + 0.12 * drift.advance(to - from)));
      }
      return near(left, right, from, to);
    };
  },
};
