import { attackRelease } from '../../dsp/envelope.ts';
import { sine, smoothstep } from '../../dsp/maths.ts';
import type { Random } from '../../dsp/random.ts';
import { series } from '../sources/source.ts';
import { type Call, type Curve, breakpoints, voice } from '../sources/voice.ts';
import type { OneShotDef } from '../sound-def.ts';

/** Defines the call of an animal that calls once. */
function animal(
  name: string,
  description: string,
  seconds: number,
  call: (random: Random, size: number) => Call,
): OneShotDef {
  return {
    name,
    kind: 'oneShot',
    family: 'animals',
    description,
    place: 'open',
    seconds,
    create: (random, { intensity }) => voice(random, call(random.fork('call'), intensity)),
  };
}

const times = (curve: readonly number[], factor: number) => curve.map((x) => x * factor);
const still =
  (hertz: number): Curve =>
  () =>
    hertz;

/** A meow. */
export const cat = animal('cat', 'a cat meowing', 0.9, (random) => {
  const seconds = random.between(0.65, 1);
  const hertz = random.between(560, 700);
  return {
    seconds,
    roughness: 0.02,
    tiltHertz: 2200,
    hertz: breakpoints(seconds, times([0.82, 1.12, 1.2, 1.1, 0.8], hertz)),
    level: breakpoints(seconds, [0, 0.75, 1, 0.9, 0.6, 0]),
    breath: still(0.1),
    formants: [
      { hertz: breakpoints(seconds, [420, 900, 1150, 950, 500]), quality: 4, gain: 1.1 },
      { hertz: breakpoints(seconds, [2300, 2100, 1700, 1400, 900]), quality: 4, gain: 1.4 },
      { hertz: still(3600), quality: 5, gain: 0.35 },
    ],
  };
});

/** A moo. */
export const cow = animal('cow', 'a cow mooing', 2, (random) => {
  const seconds = random.between(1.5, 2.2);
  const hertz = random.between(95, 125);
  return {
    seconds,
    roughness: 0.05,
    subharmonic: 0.15,
    tiltHertz: 1400,
    hertz: breakpoints(seconds, times([0.8, 1, 1.2, 1.25, 1.1, 0.85], hertz)),
    level: breakpoints(seconds, [0, 0.5, 0.9, 1, 0.9, 0.6, 0]),
    breath: still(0.2),
    formants: [
      { hertz: breakpoints(seconds, [260, 330, 520, 620, 480]), quality: 4, gain: 1.5 },
      { hertz: breakpoints(seconds, [700, 750, 1000, 1150, 900]), quality: 5, gain: 0.7 },
      { hertz: still(2300), quality: 4, gain: 0.2 },
    ],
  };
});

/** A baa: a bleat shakes in pitch and level. */
export const sheep = animal('sheep', 'a sheep bleating', 1, (random) => {
  const seconds = random.between(0.7, 1.1);
  const hertz = random.between(230, 300);
  const rate = random.between(8, 11);
  const envelope = attackRelease(seconds, 0.05, 0.2);
  return {
    seconds,
    roughness: 0.16,
    subharmonic: 0.2,
    tiltHertz: 1800,
    hertz: (t) => hertz * (1.05 - (0.15 * t) / seconds) * (1 + 0.035 * sine(t * rate)),
    level: (t) => envelope(t) * (0.7 + 0.3 * sine(t * rate)),
    breath: still(0.4),
    formants: [
      { hertz: still(720), quality: 4, gain: 1.1 },
      { hertz: still(1750), quality: 5, gain: 0.9 },
      { hertz: still(2700), quality: 5, gain: 0.45 },
    ],
  };
});

/** A neigh. */
export const horse = animal('horse', 'a horse neighing', 1.8, (random) => {
  const seconds = random.between(1.4, 1.9);
  const hertz = random.between(900, 1150);
  const envelope = attackRelease(seconds, 0.08, 0.6);
  return {
    seconds,
    roughness: 0.16,
    subharmonic: 0.25,
    tiltHertz: 3600,
    hertz: (t) => hertz * (1 - 0.5 * smoothstep(t / seconds)) * (1 + 0.07 * sine(t * 11.5)),
    level: (t) => envelope(t) * (0.72 + 0.28 * sine(t * 11.5 + 0.2)),
    breath: (t) => 0.12 + 0.25 * (t / seconds),
    formants: [
      { hertz: still(1000), quality: 3, gain: 0.9 },
      { hertz: still(2100), quality: 4, gain: 0.8 },
      { hertz: still(3400), quality: 4, gain: 0.4 },
    ],
  };
});

/** A growl of a bear or a big cat. */
export const bear = animal('bear', 'a deep growl', 1.8, (random) => {
  const seconds = random.between(1.2, 2);
  const envelope = attackRelease(seconds, 0.15, 0.5);
  return {
    seconds,
    roughness: 0.5,
    subharmonic: 0.35,
    tiltHertz: 1500,
    hertz: breakpoints(seconds, times([1, 1.3, 1.25, 0.9], random.between(55, 75))),
    level: (t) => envelope(t) * (0.75 + 0.25 * sine(t * 23)),
    breath: still(0.35),
    formants: [
      { hertz: still(420), quality: 3, gain: 1.2 },
      { hertz: still(900), quality: 3, gain: 0.8 },
      { hertz: still(1800), quality: 3, gain: 0.3 },
    ],
  };
});

/** A trumpeting elephant. */
export const elephant = animal('elephant', 'an elephant trumpeting', 1.5, (random) => {
  const seconds = random.between(1, 1.6);
  return {
    seconds,
    roughness: 0.16,
    subharmonic: 0.2,
    tiltHertz: 5200,
    hertz: breakpoints(seconds, times([0.7, 1.1, 1.25, 1.2, 0.9], random.between(360, 430))),
    level: breakpoints(seconds, [0, 1, 1, 0.95, 0.9, 0.6, 0]),
    breath: still(0.22),
    formants: [
      { hertz: still(600), quality: 3, gain: 0.9 },
      { hertz: still(1300), quality: 3, gain: 0.9 },
      { hertz: still(2500), quality: 3, gain: 0.7 },
    ],
  };
});

/** A cock's crow: two short calls, a rise and a long fall. */
export const rooster = animal('rooster', 'a rooster crowing', 2.2, (random) => {
  const seconds = random.between(1.6, 2.1);
  const hertz = random.between(760, 900);
  const pitch = [
    0.62, 0.78, 0.74, 0.7, 0.86, 0.82, 0.8, 0.98, 1.02, 1.03, 1.03, 1.02, 1.01, 0.99, 0.95, 0.82,
  ];
  const loudness = [0, 0.55, 0.5, 0.02, 0.6, 0.6, 0.06, 0.8, 1, 1, 1, 0.95, 0.9, 0.8, 0.65, 0];
  return {
    seconds,
    roughness: 0.012,
    tiltHertz: 6000,
    hertz: breakpoints(seconds, times(pitch, hertz)),
    level: breakpoints(seconds, loudness),
    breath: breakpoints(seconds, [0.2, 0.08, 0.06, 0.05, 0.05, 0.08, 0.25]),
    formants: [
      { hertz: breakpoints(seconds, [1100, 1300, 1500, 1750, 1800, 1700, 1500]), quality: 3, gain: 0.6 },
      { hertz: breakpoints(seconds, [2100, 2300, 2500, 2600, 2500, 2300]), quality: 3, gain: 1.2 },
      { hertz: still(4100), quality: 4, gain: 0.2 },
    ],
  };
});

/** Gulls: one to five cries in a row. */
export const gulls: OneShotDef = {
  name: 'gulls',
  kind: 'oneShot',
  family: 'animals',
  description: 'gulls crying',
  place: 'open',
  seconds: 1.6,
  create: (random) => {
    const hertz = random.between(900, 1250);
    return series(
      random,
      random.integer(1, 5),
      (r) => {
        const seconds = random.between(0.28, 0.5);
        return voice(r, {
          seconds,
          roughness: 0.045,
          subharmonic: 0.1,
          tiltHertz: 5200,
          hertz: breakpoints(
            seconds,
            times([0.75, 1.25, 1.2, 0.95, 0.7], hertz * random.between(0.95, 1.05)),
          ),
          level: breakpoints(seconds, [0, 0.85, 1, 0.8, 0.45, 0]),
          breath: still(0.12),
          formants: [
            { hertz: still(1500), quality: 3, gain: 0.8 },
            { hertz: still(2900), quality: 4, gain: 0.9 },
            { hertz: still(4300), quality: 4, gain: 0.4 },
          ],
        });
      },
      () => random.between(0.36, 0.55),
    );
  },
};

/** A crow: two to four hoarse caws. */
export const crow: OneShotDef = {
  name: 'crow',
  kind: 'oneShot',
  family: 'animals',
  description: 'a crow cawing',
  place: 'open',
  seconds: 1.5,
  create: (random) => {
    const hertz = random.between(460, 560);
    return series(
      random,
      random.integer(2, 4),
      (r) => {
        const seconds = random.between(0.24, 0.34);
        return voice(r, {
          seconds,
          roughness: 0.2,
          subharmonic: 0.25,
          tiltHertz: 5000,
          hertz: breakpoints(seconds, times([0.9, 1.1, 1.05, 0.9], hertz)),
          level: breakpoints(seconds, [0, 0.9, 1, 0.85, 0.5, 0]),
          breath: still(0.6),
          formants: [
            { hertz: still(1250), quality: 4, gain: 1.2 },
            { hertz: still(1900), quality: 4, gain: 0.9 },
            { hertz: still(3300), quality: 3, gain: 0.4 },
          ],
        });
      },
      () => random.between(0.42, 0.6),
    );
  },
};
