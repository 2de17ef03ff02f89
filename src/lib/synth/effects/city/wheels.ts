import { Drift } from '../../dsp/drift.ts';
import type { Random } from '../../dsp/random.ts';
import { modesOf, RATIOS } from '../sources/bodies.ts';
import { foley } from '../sources/foley.ts';
import { NoiseBand } from '../sources/noise-band.ts';
import { mix, sequence, type Source } from '../sources/source.ts';
import type { AmbienceDef } from '../sound-def.ts';

/** A bicycle: the clicks of a freewheel and thin tyres. */
export const bicycle: AmbienceDef = {
  name: 'bicycle',
  kind: 'ambience',
  family: 'motion',
  description: 'a bicycle rolling',
  place: 'open',
  create: (random, intensity) => {
    const clicksPerSecond = 9 + 9 * intensity;
    const speed = new Drift(random.fork('speed'), 0.4);
    const clicks = sequence(
      random.fork('clicks'),
      () => 1 / (clicksPerSecond * (1 + 0.25 * speed.advance(3000))),
      (r) =>
        foley(
          r,
          [{ at: 0, filter: 'highpass', hertz: 3200, gain: 0.25, decay: 0.0012 }],
          [{ at: 0, modes: modesOf(r, RATIOS.bar, 2900, 0.012, 0.7), gain: 0.25 }],
        ),
    );
    return mix([clicks, rollingNoise(random.fork('tyres'), 1900, 0.04)]);
  },
};

/** A skateboard: hard wheels on asphalt with cracks. */
export const skateboard: AmbienceDef = rolling('skateboard', 'a skateboard rolling', 420, 0.9, 1400);
/** A suitcase on small wheels. */
export const suitcase: AmbienceDef = rolling('rolling', 'a suitcase on wheels', 700, 0.28, 2200);

function rolling(
  name: string,
  description: string,
  hertz: number,
  crackSeconds: number,
  grainHertz: number,
): AmbienceDef {
  return {
    name,
    kind: 'ambience',
    family: 'motion',
    description,
    place: 'open',
    create: (random, intensity) => {
      const cracks = sequence(
        random.fork('cracks'),
        (r) => crackSeconds * r.between(0.8, 1.25) * (1.4 - 0.8 * intensity),
        (r) => crack(r, hertz),
      );
      return mix([
        cracks,
        rollingNoise(random.fork('low'), hertz, 0.5),
        rollingNoise(random.fork('grain'), grainHertz, 0.14),
      ]);
    },
  };
}

/** Two wheels over a crack. */
function crack(random: Random, hertz: number): Source {
  const gap = random.between(0.05, 0.08);
  return foley(
    random,
    [0, gap].flatMap((at) => [
      { at, filter: 'bandpass' as const, hertz: hertz * 3.5, gain: 0.5, decay: 0.008 },
      { at, filter: 'lowpass' as const, hertz: 250, gain: 0.8, decay: 0.02 },
    ]),
    [0, gap].map((at) => ({ at, modes: modesOf(random, RATIOS.wood, hertz, 0.05, 0.5), gain: 0.35 })),
  );
}

function rollingNoise(random: Random, hertz: number, level: number): Source {
  const noise = new NoiseBand(random, {
    colour: 'pink',
    filter: 'bandpass',
    hertz,
    quality: 0.8,
    width: 0.4,
  });
  const rough = new Drift(random.fork('rough'), 24);
  const slow = new Drift(random.fork('slow'), 0.7);
  return (left, right, from, to) => {
    const unrest = 1 + 0.3 * rough.advance(to - from) + 0.2 * slow.advance(to - from);
    noise.add(left, right, from, to, level * unrest);
    return true;
  };
}
