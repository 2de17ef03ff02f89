import { Drift } from '../../dsp/drift.ts';
import { exp2, smoothstep } from '../../dsp/maths.ts';
import type { Random } from '../../dsp/random.ts';
import { clink, cup, cutlery } from '../home/tableware.ts';
import { foley } from '../sources/foley.ts';
import { NoiseBand } from '../sources/noise-band.ts';
import { mix, panned, scaled, sequence, shaped, type Source } from '../sources/source.ts';
import type { AmbienceDef, OneShotDef } from '../sound-def.ts';
import { Babbler } from './babble.ts';

/** Many people talking unintelligibly. Intensity is how many. */
export const crowd: AmbienceDef = {
  name: 'crowd',
  kind: 'ambience',
  family: 'people',
  description: 'a crowd murmuring',
  place: 'room',
  create: (random, intensity) => murmur(random, Math.round(5 + 9 * intensity)),
};

/** A café: people talking, cups and spoons. */
export const cafe: AmbienceDef = {
  name: 'cafe',
  kind: 'ambience',
  family: 'people',
  description: 'a café',
  place: 'room',
  create: (random, intensity) => {
    const tableware = sequence(
      random.fork('tableware'),
      (r) => 0.3 + r.exponential(2.4 - 1.4 * intensity),
      (r) => {
        const sound = r.pick([cup, cup, clink, cutlery]);
        return panned(
          sound.create(r, { intensity: 0.4, seconds: 0.5 }),
          r.between(-0.8, 0.8),
          r.between(0.03, 0.2),
        );
      },
    );
    return mix([scaled(murmur(random.fork('talk'), Math.round(4 + 5 * intensity)), 0.9), tableware]);
  },
};

function murmur(random: Random, count: number): Source {
  const people = Array.from({ length: count }, (_, i) => new Babbler(random.fork(i)));
  const far = new NoiseBand(random.fork('far'), {
    colour: 'pink',
    filter: 'bandpass',
    hertz: 480,
    quality: 0.7,
  });
  const swing = new Drift(random, 1.5);
  return (left, right, from, to) => {
    far.add(left, right, from, to, 0.035 * (1 + 0.3 * swing.advance(to - from)));
    for (const person of people) person.add(left, right, from, to);
    return true;
  };
}

/** A cheering crowd: noise with the formants of open vowels, and clapping. */
export const cheer: OneShotDef = {
  name: 'cheer',
  kind: 'oneShot',
  family: 'people',
  description: 'a crowd cheering',
  place: 'open',
  seconds: 4,
  create: (random, { seconds, intensity }) => {
    const vowels = [
      { hertz: 720, quality: 2.2, level: 0.5 },
      { hertz: 1150, quality: 2.5, level: 0.32 },
      { hertz: 2500, quality: 2, level: 0.1 },
      { hertz: 320, quality: 1, level: 0.3 },
    ].map(({ level, ...shape }, i) => ({
      level,
      hertz: shape.hertz,
      noise: new NoiseBand(random.fork(i), { colour: 'pink', filter: 'bandpass', ...shape }),
      drift: new Drift(random.fork(`drift ${i}`), 2.5),
    }));
    const roar: Source = (left, right, from, to) => {
      for (const { noise, drift, level, hertz } of vowels) {
        const x = drift.advance(to - from);
        noise.tune(hertz * exp2(0.12 * x));
        noise.add(left, right, from, to, level * (1 + 0.35 * x));
      }
      return true;
    };
    const people = mix([roar, scaled(clapping(random.fork('hands'), 10, 0.5), 0.25 + 0.4 * intensity)]);
    return shaped(people, seconds, (t) => smoothstep(t / 0.5) * smoothstep((seconds - t) / (seconds * 0.6)));
  },
};

/** Applause in a hall. Intensity is how many people clap. */
export const applause: OneShotDef = {
  name: 'applause',
  kind: 'oneShot',
  family: 'people',
  description: 'applause',
  place: 'room',
  seconds: 5,
  create: (random, { seconds, intensity }) => {
    const hands = clapping(random, Math.round(12 + 20 * intensity), 0.4 + 0.6 * intensity);
    return shaped(hands, seconds, (t) => smoothstep(t / 0.8) * smoothstep((seconds - t) / (seconds * 0.5)));
  },
};

/** People who clap at their own tempo, over the noise of those further away. @param wash Level of that noise. */
function clapping(random: Random, people: number, wash: number): Source {
  const far = new NoiseBand(random.fork('far'), {
    colour: 'white',
    filter: 'bandpass',
    hertz: 1500,
    quality: 0.5,
  });
  const hands = Array.from({ length: people }, (_, i) => {
    const r = random.fork(i);
    const pause = r.between(0.19, 0.32);
    const pan = r.between(-0.95, 0.95);
    const level = 0.25 + 0.75 * r.next() * r.next();
    const hertz = r.between(800, 2400);
    const quality = r.between(1.2, 2.6);
    return sequence(
      r,
      (q, index) => (index === 0 ? q.between(0, 0.4) : pause * q.between(0.85, 1.15)),
      (q) => clap(q, hertz, quality, level, pan),
    );
  });
  return (left, right, from, to) => {
    far.add(left, right, from, to, 0.1 * wash);
    for (const pair of hands) pair(left, right, from, to);
    return true;
  };
}

function clap(random: Random, hertz: number, quality: number, level: number, pan: number): Source {
  return foley(
    random,
    [{ at: 0, filter: 'bandpass', hertz, quality, gain: 0.5 * level, decay: random.between(0.006, 0.016) }],
    [],
    pan,
  );
}
