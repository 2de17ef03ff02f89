import { newBlock } from '../../dsp/blocks.ts';
import { Drift } from '../../dsp/drift.ts';
import { exp, lerp } from '../../dsp/maths.ts';
import { SAMPLE_RATE } from '../../dsp/sample-rate.ts';
import { Bursts } from '../sources/bursts.ts';
import { NoiseBand } from '../sources/noise-band.ts';
import { Pings } from '../sources/pings.ts';
import type { AmbienceDef } from '../sound-def.ts';

/** Burning wood: lapping flames, hiss, and crackles that come in flurries (Farnell, 2010). */
export const fire: AmbienceDef = {
  name: 'fire',
  kind: 'ambience',
  family: 'fire',
  description: 'a fire crackling',
  place: 'open',
  create: (random, intensity) => {
    const flames = new NoiseBand(random.fork('flames'), { colour: 'brown', filter: 'lowpass', hertz: 170 });
    const lapping = new NoiseBand(random.fork('lapping'), {
      colour: 'pink',
      filter: 'bandpass',
      hertz: 420,
      quality: 0.35,
    });
    const hiss = new NoiseBand(random.fork('hiss'), {
      colour: 'white',
      filter: 'highpass',
      hertz: 2600,
      quality: 0.5,
    });
    const snaps = new NoiseBand(random.fork('snaps'), {
      colour: 'white',
      filter: 'highpass',
      hertz: 1900,
      quality: 0.5,
    });
    const splinters = new Pings(48);
    const crackles = new Bursts(random.fork('crackles'), (r) => {
      const u = r.next();
      const level = 0.9 * u * u * u * u + 0.03;
      const side = r.between(0.15, 0.85);
      splinters.hit(r.between(700, 5200), r.between(0.003, 0.02), level * 0.22, side * 2 - 1);
      return { level, seconds: r.between(0.0006, 0.004), side };
    });
    const flicker = [new Drift(random.fork('left'), 5), new Drift(random.fork('right'), 4.3)] as const;
    const steam = new Drift(random.fork('steam'), 1.3);
    const flurries = random.fork('flurries');
    const left = newBlock();
    const right = newBlock();
    const perSecond = lerp(6, 22, intensity);
    let activity = 0;
    return (outLeft, outRight, from, to) => {
      const frames = to - from;
      if (flurries.chance((frames / SAMPLE_RATE) * 1.6)) activity = 1;
      activity *= exp(-frames / SAMPLE_RATE / 0.3);
      crackles.fill(left, right, from, to, perSecond * (0.5 + 6 * activity));
      splinters.add(outLeft, outRight, from, to);
      snaps.addEnveloped(outLeft, outRight, from, to, left, right, 0.8);
      const l = (0.55 + 0.35 * flicker[0].advance(frames)) * 0.22;
      const r = (0.55 + 0.35 * flicker[1].advance(frames)) * 0.22;
      flames.add(outLeft, outRight, from, to, l, r);
      lapping.add(outLeft, outRight, from, to, l * 0.2, r * 0.2);
      hiss.add(outLeft, outRight, from, to, 0.018 * (0.6 + 0.4 * steam.advance(frames)));
      return true;
    };
  },
};
