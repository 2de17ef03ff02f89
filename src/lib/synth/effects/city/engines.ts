import { Drift } from '../../dsp/drift.ts';
import { sine, smoothstep } from '../../dsp/maths.ts';
import type { Random } from '../../dsp/random.ts';
import { motor, type Motor } from '../sources/motor.ts';
import { NoiseBand } from '../sources/noise-band.ts';
import { scaled, mix } from '../sources/source.ts';
import type { AmbienceDef, Family } from '../sound-def.ts';
import { bubbling } from '../water/stream.ts';

/** Defines the ambience of a machine with a combustion engine. */
function machine(
  name: string,
  description: string,
  family: Family,
  shape: (random: Random, intensity: number) => Motor,
): AmbienceDef {
  return {
    name,
    kind: 'ambience',
    family,
    description,
    place: 'open',
    create: (random, intensity) => motor(random, shape(random.fork('shape'), intensity)),
  };
}

/** A car, a bus or a tractor with its engine running. */
export const engine = machine('engine', 'an engine running', 'machines', (_, intensity) => ({
  rpm: (t) => 650 + 900 * intensity + 40 * sine(t * 0.21),
  load: () => 0.35 + 0.3 * intensity,
  cylinders: 4,
  roughness: 0.16,
  exhaustHertz: [80, 160, 360, 820],
  noise: 0.09,
}));

/** A motorcycle that accelerates and slows down again. */
export const motorcycle = machine('motorcycle', 'a motorcycle', 'machines', (random, intensity) => {
  const start = random.next();
  return {
    rpm: (t) => 1500 + 600 * intensity + 1900 * smoothstep(sine(t * 0.12 + start) * 0.5 + 0.5),
    load: (t) => 0.45 + 0.4 * smoothstep(sine(t * 0.12 + start + 0.15) * 0.5 + 0.5),
    cylinders: 2,
    roughness: 0.2,
    exhaustHertz: [120, 260, 620, 1500],
    noise: 0.08,
    topHertz: 4200,
  };
});

/** A boat: a slow diesel and water along the hull. */
export const boat: AmbienceDef = {
  name: 'boat',
  kind: 'ambience',
  family: 'machines',
  description: 'a motor boat',
  place: 'open',
  create: (random, intensity) => {
    const diesel = motor(random.fork('diesel'), {
      rpm: (t) => 560 + 250 * intensity + 25 * sine(t * 0.13),
      load: () => 0.8,
      cylinders: 2,
      roughness: 0.4,
      exhaustHertz: [62, 130, 260, 620],
      noise: 0.05,
      topHertz: 1500,
    });
    const wash = new NoiseBand(random.fork('wash'), {
      colour: 'pink',
      filter: 'bandpass',
      hertz: 700,
      quality: 0.5,
    });
    const swell = new Drift(random, 0.6);
    return mix([
      scaled(diesel, 0.55),
      bubbling(random.fork('hull'), 0.35),
      (left, right, from, to) => {
        wash.add(left, right, from, to, 0.07 * (1 + 0.6 * swell.advance(to - from)));
        return true;
      },
    ]);
  },
};

/** A chainsaw: a two-stroke engine that idles, cuts and races. */
export const chainsaw = machine('chainsaw', 'a chainsaw', 'machines', (random, intensity) => {
  const pull = new Drift(random.fork('pull'), 0.5);
  const start = random.next();
  const effort = (t: number) => smoothstep(0.5 + 0.75 * sine(t * 0.23 + start) + 0.35 * intensity);
  return {
    rpm: (t) => 3600 + 4600 * effort(t) + 260 * pull.advance(64),
    load: (t) => 0.5 + 0.45 * effort(t + 0.2),
    cylinders: 1,
    isTwoStroke: true,
    roughness: 0.04,
    exhaustHertz: [300, 700, 1500, 3200],
    noise: 0.3,
    topHertz: 6500,
  };
});
