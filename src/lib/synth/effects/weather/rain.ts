import { newBlock } from '../../dsp/blocks.ts';
import { Drift } from '../../dsp/drift.ts';
import { exp2, lerp } from '../../dsp/maths.ts';
import type { Random } from '../../dsp/random.ts';
import { SAMPLE_RATE } from '../../dsp/sample-rate.ts';
import { Bursts } from '../sources/bursts.ts';
import { NoiseBand } from '../sources/noise-band.ts';
import { Pings } from '../sources/pings.ts';
import type { Source } from '../sources/source.ts';
import type { AmbienceDef } from '../sound-def.ts';

/** Rain on soft ground: the noise of many drops, the bursts of near ones, and a few resonant ones. */
export const rain: AmbienceDef = {
  name: 'rain',
  kind: 'ambience',
  family: 'weather',
  description: 'rain falling',
  place: 'open',
  create: (random, intensity) => rainSource(random, 0.15 + 0.55 * intensity),
};

/** A downpour on roofs and streets. */
export const downpour: AmbienceDef = {
  name: 'downpour',
  kind: 'ambience',
  family: 'weather',
  description: 'heavy rain pouring down',
  place: 'open',
  create: (random, intensity) => rainSource(random, 0.75 + 0.35 * intensity),
};

function rainSource(random: Random, force: number): Source {
  const hiss = new NoiseBand(random.fork('hiss'), {
    colour: 'white',
    filter: 'highpass',
    hertz: 1500,
    quality: 0.5,
  });
  const body = new NoiseBand(random.fork('body'), {
    colour: 'pink',
    filter: 'highpass',
    hertz: 50,
    quality: 0.6,
  });
  const ground = new NoiseBand(random.fork('ground'), {
    colour: 'white',
    filter: 'bandpass',
    hertz: 900,
    quality: 0.5,
  });
  const patter = new NoiseBand(random.fork('patter'), {
    colour: 'white',
    filter: 'bandpass',
    hertz: 2700,
    quality: 0.55,
  });
  const drops = new Bursts(random.fork('drops'), (r) => {
    const u = r.next();
    return { level: 0.1 + 0.9 * u * u, seconds: 0.0035, side: r.next() };
  });
  const plinks = new Pings(48);
  const plinkRandom = random.fork('plinks');
  const slow = new Drift(random.fork('slow'), 0.25);
  const quick = new Drift(random.fork('quick'), 0.9);
  const left = newBlock();
  const right = newBlock();
  const perSecond = lerp(120, 900, force);
  const plinksPerSecond = lerp(40, 240, force);
  return (outLeft, outRight, from, to) => {
    const frames = to - from;
    const level = (1 + 0.14 * slow.advance(frames) + 0.07 * quick.advance(frames)) * (0.4 + force);
    const count = Math.floor((frames / SAMPLE_RATE) * plinksPerSecond + plinkRandom.next());
    for (let k = 0; k < count; k++) {
      const u = plinkRandom.next();
      const gain = 0.08 * u * u * u * (plinkRandom.chance(0.04) ? 7 : 2);
      const hertz = 900 * exp2(plinkRandom.between(0, 3.1));
      plinks.hit(hertz, plinkRandom.between(0.006, 0.022), gain, plinkRandom.between(-1, 1));
    }
    plinks.add(outLeft, outRight, from, to);
    hiss.add(outLeft, outRight, from, to, 0.036 * level);
    body.add(outLeft, outRight, from, to, 0.19 * level);
    ground.add(outLeft, outRight, from, to, 0.03 * level);
    drops.fill(left, right, from, to, perSecond);
    patter.addEnveloped(outLeft, outRight, from, to, left, right, 0.24);
    return true;
  };
}
