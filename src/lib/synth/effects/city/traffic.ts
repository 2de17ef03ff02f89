import { Drift } from '../../dsp/drift.ts';
import { smoothstep } from '../../dsp/maths.ts';
import { SAMPLE_RATE } from '../../dsp/sample-rate.ts';
import { NoiseBand } from '../sources/noise-band.ts';
import { sequence, shaped, type Source } from '../sources/source.ts';
import type { Random } from '../../dsp/random.ts';
import type { AmbienceDef } from '../sound-def.ts';

/** City traffic: a distant rumble, and cars that pass. */
export const traffic: AmbienceDef = {
  name: 'traffic',
  kind: 'ambience',
  family: 'city',
  description: 'city traffic',
  place: 'open',
  create: (random, intensity) => {
    const rumble = new NoiseBand(random.fork('rumble'), {
      colour: 'brown',
      filter: 'lowpass',
      hertz: 95,
      quality: 0.8,
    });
    const far = new NoiseBand(random.fork('far'), {
      colour: 'pink',
      filter: 'lowpass',
      hertz: 430,
      quality: 0.5,
    });
    const air = new NoiseBand(random.fork('air'), {
      colour: 'pink',
      filter: 'bandpass',
      hertz: 1200,
      quality: 0.5,
    });
    const drifts = [0.12, 0.2, 0.16].map((rate, i) => new Drift(random.fork(`drift ${i}`), rate));
    const cars = sequence(
      random.fork('cars'),
      (r, index) => (index === 0 ? 0 : 0.8 + r.exponential(4 - 2.6 * intensity)),
      (r) => carInTheDistance(r, 0.35 + 0.65 * intensity),
    );
    return (left, right, from, to) => {
      const [a, b, c] = drifts.map((drift) => drift.advance(to - from)) as [number, number, number];
      rumble.add(left, right, from, to, 0.3);
      far.add(left, right, from, to, 0.3 + 0.12 * a);
      air.add(left, right, from, to, 0.06 + 0.03 * b, 0.06 + 0.03 * c);
      return cars(left, right, from, to);
    };
  },
};

/** Tyres and engine of a car at a distance, without Doppler shift. */
function carInTheDistance(random: Random, level: number): Source {
  const seconds = random.between(4, 8);
  const isLeftward = random.chance(0.5);
  const tyres = new NoiseBand(random, {
    colour: 'pink',
    filter: 'bandpass',
    hertz: random.between(650, 1100),
    quality: 0.5,
    width: 0.5,
  });
  const engine = new NoiseBand(random.fork('engine'), {
    colour: 'brown',
    filter: 'bandpass',
    hertz: random.between(70, 130),
    quality: 2,
    width: 0.3,
  });
  const peakAt = random.between(0.4, 0.6);
  let t = 0;
  return shaped(
    (left, right, from, to) => {
      t += (to - from) / SAMPLE_RATE;
      const x = isLeftward ? 1 - t / seconds : t / seconds;
      tyres.add(left, right, from, to, 0.5 * (1.2 - x), 0.5 * (0.2 + x));
      engine.add(left, right, from, to, 0.8 * (1.2 - x), 0.8 * (0.2 + x));
      return true;
    },
    seconds,
    (at) => {
      const x = at / seconds;
      const rise = smoothstep(x / peakAt);
      return level * (x < peakAt ? rise * rise : smoothstep((1 - x) / (1 - peakAt)));
    },
  );
}
