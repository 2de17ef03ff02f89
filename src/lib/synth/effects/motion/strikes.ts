import type { Random } from '../../dsp/random.ts';
import { modesOf, RATIOS } from '../sources/bodies.ts';
import { foley, type NoiseHit } from '../sources/foley.ts';
import type { Source } from '../sources/source.ts';
import type { OneShotDef } from '../sound-def.ts';

function sport(
  name: string,
  description: string,
  place: 'open' | 'room',
  seconds: number,
  hit: (random: Random, force: number) => Source,
): OneShotDef {
  return {
    name,
    kind: 'oneShot',
    family: 'motion',
    description,
    place,
    seconds,
    create: (random, { intensity }) => hit(random, 0.5 + 0.8 * intensity),
  };
}

const thud = (hertz: number, gain: number, decay: number, at = 0): NoiseHit => ({
  at,
  filter: 'lowpass',
  hertz,
  quality: 1.1,
  gain,
  attack: 0.001,
  decay,
});

/** A football being kicked. */
export const kick = sport('kick', 'a ball being kicked', 'open', 0.3, (random, force) =>
  foley(
    random,
    [
      thud(260, 1.6 * force, 0.018),
      { at: 0, filter: 'bandpass', hertz: 1100, gain: 0.5 * force, decay: 0.012 },
    ],
    [{ at: 0, modes: modesOf(random, RATIOS.skin, 98, 0.13, 0.3), gain: 0.9 * force }],
  ),
);

/** A basketball bouncing one to three times. */
export const bounce = sport('bounce', 'a ball bouncing', 'room', 1, (random, force) => {
  let at = 0;
  let pause = random.between(0.42, 0.5);
  const bounces = Array.from({ length: random.integer(1, 3) }, () => {
    const now = { at, level: pause * 2 * force };
    at += pause;
    pause *= 0.8;
    return now;
  });
  return foley(
    random,
    bounces.flatMap(({ at: start, level }) => [
      thud(200, 1.3 * level, 0.025, start),
      { at: start, filter: 'bandpass' as const, hertz: 1400, gain: 0.22 * level, decay: 0.01 },
    ]),
    bounces.map(({ at: start, level }, i) => ({
      at: start,
      modes: [
        ...modesOf(random.fork(i), RATIOS.skin, 118, 0.16, 0.3),
        { hertz: 920, seconds: 0.22, gain: 0.06 },
        { hertz: 1560, seconds: 0.16, gain: 0.03 },
      ],
      gain: 0.7 * level,
    })),
  );
});

/** A baseball on a wooden bat. */
export const bat = sport('bat', 'a ball hit with a bat', 'open', 0.3, (random, force) =>
  foley(
    random,
    [
      { at: 0, filter: 'bandpass', hertz: 3200, gain: 0.8 * force, decay: 0.004 },
      thud(500, 0.7 * force, 0.012),
    ],
    [
      {
        at: 0,
        modes: modesOf(random, RATIOS.wood, random.between(1050, 1250), 0.06, 0.6),
        gain: 0.8 * force,
      },
    ],
  ),
);

/** A tennis ball on strings. */
export const tennis = sport('tennis', 'a tennis stroke', 'open', 0.3, (random, force) =>
  foley(
    random,
    [
      { at: 0, filter: 'bandpass', hertz: 1700, gain: 0.6 * force, decay: 0.007 },
      thud(380, 0.9 * force, 0.012),
    ],
    [
      {
        at: 0,
        modes: modesOf(random, [1, 1.92, 3.3], random.between(480, 560), 0.09, 0.5),
        gain: 0.7 * force,
      },
    ],
  ),
);

/** A ball caught in a leather glove. */
export const smack = sport('smack', 'a ball caught in a glove', 'open', 0.2, (random, force) =>
  foley(random, [
    { at: 0, filter: 'bandpass', hertz: 1500, gain: 1.1 * force, decay: 0.006 },
    thud(420, 1.1 * force, 0.015),
    { at: 0.012, filter: 'bandpass', hertz: 800, gain: 0.3 * force, decay: 0.02 },
  ]),
);
