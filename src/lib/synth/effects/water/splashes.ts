import { attackRelease } from '../../dsp/envelope.ts';
import { Drift } from '../../dsp/drift.ts';
import { exp, smoothstep } from '../../dsp/maths.ts';
import type { Random } from '../../dsp/random.ts';
import { SAMPLE_RATE } from '../../dsp/sample-rate.ts';
import { NoiseBand } from '../sources/noise-band.ts';
import { Pings } from '../sources/pings.ts';
import { series, shaped, type Source } from '../sources/source.ts';
import { whistle } from '../sources/whistle.ts';
import type { AmbienceDef, OneShotDef } from '../sound-def.ts';
import { bubbling } from './stream.ts';

/** A splash. Intensity is its size. */
export const splash: OneShotDef = {
  name: 'splash',
  kind: 'oneShot',
  family: 'water',
  description: 'a splash',
  place: 'open',
  seconds: 1.2,
  create: (random, { intensity }) => {
    const sheet = new NoiseBand(random.fork('sheet'), { colour: 'white', filter: 'lowpass', hertz: 3000 });
    const thump = new NoiseBand(random.fork('thump'), {
      colour: 'pink',
      filter: 'bandpass',
      hertz: 260,
      quality: 0.8,
    });
    const drops = new Pings(64);
    const r = random.fork('drops');
    const length = 0.8 + intensity;
    let frames = 0;
    return (left, right, from, to) => {
      const t = frames / SAMPLE_RATE;
      frames += to - from;
      sheet.tune(500 + 3600 * exp(-t * 5));
      sheet.add(left, right, from, to, smoothstep(t / 0.025) * exp(-t * 5) * 0.3);
      thump.add(left, right, from, to, smoothstep(t / 0.01) * exp(-t * 12) * 0.9 * intensity);
      const count = Math.floor(((to - from) / SAMPLE_RATE) * 240 * exp(-t * 2.8) + r.next());
      for (let k = 0; k < count; k++) {
        const u = r.next();
        drops.hit(r.between(450, 3200), r.between(0.015, 0.06), 0.08 * u * u, r.between(-0.5, 0.5));
      }
      drops.add(left, right, from, to);
      return t < length;
    };
  },
};

/** One or two drops falling into a puddle. */
export const drip: OneShotDef = {
  name: 'drip',
  kind: 'oneShot',
  family: 'water',
  description: 'water dripping',
  place: 'room',
  seconds: 0.6,
  create: (random) => series(random, random.integer(1, 2), oneDrop, () => random.between(0.18, 0.45)),
};

/** One drop: the click of the impact, then the bubble, which rises in pitch (Minnaert resonance). */
function oneDrop(random: Random): Source {
  const hertz = random.between(420, 900);
  return whistle([
    { at: 0, seconds: 0.012, fromHertz: hertz * 3, toHertz: hertz * 2, gain: 0.25 },
    { at: 0.022, seconds: random.between(0.022, 0.035), fromHertz: hertz, toHertz: hertz * 1.7, gain: 0.8 },
  ]);
}

/** A glass being filled: bubbles over a resonance that rises with the level. */
export const pouring: OneShotDef = {
  name: 'pouring',
  kind: 'oneShot',
  family: 'water',
  description: 'a drink being poured',
  place: 'room',
  seconds: 3,
  create: (random, { seconds }) => {
    const air = new NoiseBand(random.fork('air'), {
      colour: 'white',
      filter: 'bandpass',
      hertz: 500,
      quality: 5,
      width: 0.3,
    });
    const jet = new NoiseBand(random.fork('jet'), {
      colour: 'white',
      filter: 'bandpass',
      hertz: 2600,
      quality: 0.7,
      width: 0.3,
    });
    const water = bubbling(random.fork('water'), 0.5, 600);
    const wobble = new Drift(random, 8);
    let t = 0;
    const flow: Source = (left, right, from, to) => {
      t += (to - from) / SAMPLE_RATE;
      const fill = t / seconds;
      const unrest = 1 + 0.35 * wobble.advance(to - from);
      air.tune(420 + 900 * fill * fill, 5);
      air.add(left, right, from, to, 0.35 * unrest);
      jet.add(left, right, from, to, 0.06 * unrest);
      return water(left, right, from, to);
    };
    return shaped(flow, seconds + 0.2, attackRelease(seconds, 0.12, 0.35));
  },
};

/** A tap running into a basin. */
export const tap: AmbienceDef = {
  name: 'tap',
  kind: 'ambience',
  family: 'water',
  description: 'water running from a tap',
  place: 'room',
  create: (random, intensity) => {
    const jet = new NoiseBand(random.fork('jet'), {
      colour: 'white',
      filter: 'bandpass',
      hertz: 2400,
      quality: 0.4,
      width: 0.4,
    });
    const basin = new NoiseBand(random.fork('basin'), {
      colour: 'pink',
      filter: 'bandpass',
      hertz: 620,
      quality: 1.6,
      width: 0.4,
    });
    const drift = new Drift(random, 4);
    const water = bubbling(random.fork('water'), 0.4, 700);
    return (left, right, from, to) => {
      const level = (0.6 + 0.8 * intensity) * (1 + 0.12 * drift.advance(to - from));
      jet.add(left, right, from, to, 0.16 * level);
      basin.add(left, right, from, to, 0.25 * level);
      return water(left, right, from, to);
    };
  },
};
