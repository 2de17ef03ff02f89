import { Drift } from '../../dsp/drift.ts';
import { clamp, exp2 } from '../../dsp/maths.ts';
import type { Random } from '../../dsp/random.ts';
import { NoiseBand } from '../sources/noise-band.ts';
import type { Source } from '../sources/source.ts';
import type { AmbienceDef } from '../sound-def.ts';

/** Wind in the open. */
export const wind: AmbienceDef = {
  name: 'wind',
  kind: 'ambience',
  family: 'air',
  description: 'wind blowing',
  place: 'open',
  create: (random, intensity) => windSource(random, 0.25 + 0.55 * intensity, 1),
};

/** A light breeze: slower gusts and no howl. */
export const breeze: AmbienceDef = {
  name: 'breeze',
  kind: 'ambience',
  family: 'air',
  description: 'a light breeze',
  place: 'open',
  create: (random, intensity) => windSource(random, 0.1 + 0.2 * intensity, 0.3),
};

const BANDS = [
  { hertz: 180, quality: 1.2, gain: 1.4 },
  { hertz: 330, quality: 1.8, gain: 0.8 },
  { hertz: 560, quality: 2.6, gain: 0.34 },
  { hertz: 950, quality: 5, gain: 0.26 },
];

/** One wind speed controls level, pitch of the resonances and howl (Farnell, "Designing Sound", 2010). */
function windSource(random: Random, force: number, howl: number): Source {
  const slow = new Drift(random.fork('gust'), 0.22);
  const quick = new Drift(random.fork('flutter'), 0.6);
  const bands = BANDS.map((band, i) => ({
    ...band,
    noise: new NoiseBand(random.fork(i), { colour: 'white', filter: 'bandpass', ...band }),
    wander: new Drift(random.fork(`wander ${i}`), 0.5),
    side: new Drift(random.fork(`side ${i}`), 0.4),
  }));
  const rumble = new NoiseBand(random.fork('rumble'), { colour: 'brown', filter: 'lowpass', hertz: 140 });
  const leaves = new NoiseBand(random.fork('leaves'), {
    colour: 'white',
    filter: 'highpass',
    hertz: 3200,
    quality: 0.6,
  });
  let speed = 0.4;
  return (left, right, from, to) => {
    const frames = to - from;
    const gust = clamp(
      0.2 + 0.5 * force + 0.42 * slow.advance(frames) + 0.18 * quick.advance(frames),
      0.05,
      1,
    );
    speed += (gust - speed) * 0.02;
    bands.forEach((band, i) => {
      const bend = band.wander.advance(frames);
      band.noise.tune(band.hertz * exp2(0.9 * (speed - 0.5) + 0.35 * bend), band.quality);
      const whistle = i === 3 ? clamp(speed * 1.8 - 0.9, 0, 1) * howl * force : 1;
      const level = (0.35 + 0.65 * speed) * speed * whistle * band.gain * 0.5;
      const side = 0.4 * band.side.advance(frames);
      band.noise.add(left, right, from, to, level * (1 + side), level * (1 - side));
    });
    rumble.add(left, right, from, to, speed * 0.35);
    leaves.add(left, right, from, to, speed * speed * 0.004);
    return true;
  };
}
