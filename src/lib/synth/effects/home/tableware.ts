import type { Random } from '../../dsp/random.ts';
import { beating, modesOf, RATIOS } from '../sources/bodies.ts';
import { foley } from '../sources/foley.ts';
import { series, type Source } from '../sources/source.ts';
import type { OneShotDef } from '../sound-def.ts';

/** Defines the sound of tableware that is struck. */
function struck(
  name: string,
  description: string,
  seconds: number,
  hits: (random: Random, level: number) => Source,
): OneShotDef {
  return {
    name,
    kind: 'oneShot',
    family: 'home',
    description,
    place: 'room',
    seconds,
    create: (random, { intensity }) => hits(random, 0.6 + 0.6 * intensity),
  };
}

/** Two wine glasses that touch. */
export const clink = struck('clink', 'glasses clinking', 0.8, (random, level) =>
  foley(
    random,
    [{ at: 0, filter: 'highpass', hertz: 3000, gain: 0.12 * level, decay: 0.003 }],
    [0, 0.004].map((at, i) => {
      const hertz = random.between(1900, 3300);
      const modes = modesOf(random.fork(i), RATIOS.glass, hertz, random.between(0.4, 0.9), 0.4);
      return { at, modes: beating(modes, 0.0012), gain: 0.35 * level };
    }),
  ),
);

/** A cup put down on its saucer. */
export const cup = struck('cup', 'a cup on a saucer', 0.4, (random, level) => {
  const bounce = random.between(0.05, 0.09);
  return foley(
    random,
    [
      { at: 0, filter: 'bandpass', hertz: 2600, gain: 0.25 * level, decay: 0.006 },
      { at: bounce, filter: 'bandpass', hertz: 3000, gain: 0.1 * level, decay: 0.005 },
    ],
    [
      {
        at: 0,
        modes: modesOf(random, RATIOS.plate, random.between(1150, 1700), 0.16, 0.5),
        gain: 0.4 * level,
      },
      {
        at: bounce,
        modes: modesOf(random, RATIOS.plate, random.between(1500, 2100), 0.1, 0.5),
        gain: 0.18 * level,
      },
    ],
  );
});

/** Knife and fork on a plate. */
export const cutlery = struck('cutlery', 'knives and forks', 0.9, (random, level) =>
  series(
    random,
    random.integer(2, 4),
    (r) =>
      foley(
        r,
        [{ at: 0, filter: 'bandpass', hertz: 4200, gain: 0.15 * level, decay: 0.006 }],
        [
          {
            at: 0,
            modes: modesOf(r, RATIOS.plate, r.between(2300, 4200), r.between(0.08, 0.3), 0.6),
            gain: r.between(0.12, 0.35) * level,
          },
        ],
        r.between(-0.15, 0.15),
      ),
    (r) => r.between(0.1, 0.3),
  ),
);

/** Coins that fall on a table. */
export const coins = struck('coins', 'coins jingling', 1, (random, level) => {
  let pause = 0.11;
  return series(
    random,
    random.integer(6, 10),
    (r, i) => {
      const gain = (0.35 / (1 + i * 0.15)) * level;
      return foley(
        r,
        [{ at: 0, filter: 'highpass', hertz: 5000, gain: gain * 0.3, decay: 0.002 }],
        [
          {
            at: 0,
            modes: modesOf(r, RATIOS.coin, r.between(4200, 6800), r.between(0.12, 0.35), 0.7),
            gain,
          },
        ],
        r.between(-0.25, 0.25),
      );
    },
    (r) => {
      const seconds = pause * r.between(0.5, 1.4);
      pause *= 0.92;
      return seconds;
    },
  );
});
