import { newBlock } from '../../dsp/blocks.ts';
import { Drift } from '../../dsp/drift.ts';
import { exp2 } from '../../dsp/maths.ts';
import { SAMPLE_RATE } from '../../dsp/sample-rate.ts';
import { NoiseBand } from '../sources/noise-band.ts';
import { mains } from '../home/appliances.ts';
import type { AmbienceDef } from '../sound-def.ts';

/** A helicopter: 10 to 14 blade passes per second, and a turbine. */
export const helicopter: AmbienceDef = {
  name: 'helicopter',
  kind: 'ambience',
  family: 'machines',
  description: 'a helicopter',
  place: 'open',
  create: (random) => {
    const low = new NoiseBand(random.fork('low'), {
      colour: 'pink',
      filter: 'bandpass',
      hertz: 150,
      quality: 0.6,
    });
    const middle = new NoiseBand(random.fork('middle'), {
      colour: 'pink',
      filter: 'bandpass',
      hertz: 420,
      quality: 0.5,
    });
    const high = new NoiseBand(random.fork('high'), {
      colour: 'white',
      filter: 'bandpass',
      hertz: 1500,
      quality: 0.5,
    });
    const slap = new NoiseBand(random.fork('slap'), {
      colour: 'white',
      filter: 'bandpass',
      hertz: 380,
      quality: 0.5,
    });
    const turbine = mains(random.fork('turbine'), 1150, 0.004);
    const beatsPerSecond = random.between(10.5, 14);
    const unrest = new Drift(random.fork('unrest'), 0.4);
    const nearness = new Drift(random.fork('nearness'), 0.5);
    const blade = newBlock();
    const crack = newBlock();
    let phase = 0;
    return (left, right, from, to) => {
      const step = (beatsPerSecond * (1 + 0.01 * unrest.advance(to - from))) / SAMPLE_RATE;
      const level = exp2(0.6 * nearness.advance(to - from));
      let turn = phase;
      for (let i = from; i < to; i++) {
        turn += step;
        if (turn >= 1) turn -= 1;
        const q = 1 - turn;
        const q2 = q * q;
        blade[i] = (0.3 + 1.1 * q2 * q * (turn < 0.05 ? turn * 20 : 1)) * level;
        crack[i] = q2 * q2 * q2 * q2 * (turn < 0.015 ? turn * 66.7 : 1) * level;
      }
      phase = turn;
      low.addEnveloped(left, right, from, to, blade, blade, 1.05);
      middle.addEnveloped(left, right, from, to, blade, blade, 0.9);
      high.addEnveloped(left, right, from, to, blade, blade, 0.012);
      slap.addEnveloped(left, right, from, to, crack, crack, 0.42);
      return turbine(left, right, from, to);
    };
  },
};
