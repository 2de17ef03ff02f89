import { Drift } from '../../dsp/drift.ts';
import { addSine } from '../../dsp/oscillators.ts';
import type { Random } from '../../dsp/random.ts';
import { SAMPLE_RATE } from '../../dsp/sample-rate.ts';
import { addScaled, newBlock } from '../../dsp/blocks.ts';
import { NoiseBand } from '../sources/noise-band.ts';
import type { Source } from '../sources/source.ts';
import type { AmbienceDef } from '../sound-def.ts';

/** A fridge or another machine with a mains hum. */
export const hum: AmbienceDef = {
  name: 'hum',
  kind: 'ambience',
  family: 'home',
  description: 'a machine humming',
  place: 'room',
  create: (random, intensity) => {
    const tones = mains(random.fork('mains'), 50, 0.07);
    const air = new NoiseBand(random.fork('air'), {
      colour: 'pink',
      filter: 'bandpass',
      hertz: 320,
      quality: 0.5,
      width: 0.6,
    });
    return (left, right, from, to) => {
      air.add(left, right, from, to, 0.06 + 0.08 * intensity);
      return tones(left, right, from, to);
    };
  },
};

/** A hair dryer or a vacuum cleaner: air, and a motor inside. */
export const hairDryer: AmbienceDef = {
  name: 'hair-dryer',
  kind: 'ambience',
  family: 'home',
  description: 'a blower running',
  place: 'room',
  create: (random, intensity) => {
    const motorTones = mains(random.fork('motor'), 180 + 90 * intensity, 0.05);
    const air = new NoiseBand(random.fork('air'), {
      colour: 'white',
      filter: 'bandpass',
      hertz: 2200,
      quality: 0.45,
      width: 0.6,
    });
    const body = new NoiseBand(random.fork('body'), {
      colour: 'pink',
      filter: 'bandpass',
      hertz: 750,
      quality: 0.7,
      width: 0.6,
    });
    const drift = new Drift(random, 0.8);
    return (left, right, from, to) => {
      const level = 1 + 0.06 * drift.advance(to - from);
      air.add(left, right, from, to, 0.22 * level);
      body.add(left, right, from, to, 0.25 * level);
      return motorTones(left, right, from, to);
    };
  },
};

/** Eight harmonics of a steady rotation, with random levels that vary slowly. */
export function mains(random: Random, hertz: number, gain: number): Source {
  const partials = Array.from({ length: 8 }, (_, k) => ({
    step: (hertz * (k + 1)) / SAMPLE_RATE,
    level: (gain * random.between(0.3, 1)) / (1 + k * 0.6),
    phase: random.next(),
    drift: new Drift(random.fork(k), 0.3),
    last: 0,
  }));
  const block = newBlock();
  return (left, right, from, to) => {
    block.fill(0, from, to);
    for (const partial of partials) {
      const level = partial.level * (1 + 0.2 * partial.drift.advance(to - from));
      partial.phase = addSine(block, partial.phase, partial.step, partial.last, from, to, level);
      partial.last = level;
    }
    addScaled(left, block, 0.707, from, to);
    addScaled(right, block, 0.707, from, to);
    return true;
  };
}
