import { newBlock } from '../../dsp/blocks.ts';
import { exp } from '../../dsp/maths.ts';
import type { Random } from '../../dsp/random.ts';
import { SAMPLE_RATE } from '../../dsp/sample-rate.ts';
import { Bursts } from '../sources/bursts.ts';
import { foley } from '../sources/foley.ts';
import { NoiseBand } from '../sources/noise-band.ts';
import { delayed, mix, type Source } from '../sources/source.ts';
import { whistle } from '../sources/whistle.ts';
import type { OneShotDef } from '../sound-def.ts';

/** A rocket: in half of the cases a whistle, then the bang and crackling stars. */
export const fireworks: OneShotDef = {
  name: 'fireworks',
  kind: 'oneShot',
  family: 'fire',
  description: 'a firework',
  place: 'open',
  seconds: 3,
  create: (random, { intensity }) => {
    const climbs = random.chance(0.5);
    const bangAt = climbs ? 0.75 : 0.05;
    const pan = random.between(-0.5, 0.5);
    const hertz = random.between(1300, 1900);
    const climb = whistle(
      [
        {
          at: 0,
          seconds: 0.7,
          fromHertz: hertz,
          toHertz: hertz * 1.5,
          gain: 0.16,
          vibratoHertz: 25,
          vibratoRate: 12,
        },
      ],
      pan,
    );
    const bang = foley(
      random.fork('bang'),
      [
        { at: 0, filter: 'lowpass', hertz: 180, gain: 2.4, attack: 0.003, decay: 0.16 },
        { at: 0, filter: 'bandpass', hertz: 700, gain: 1.1, attack: 0.001, decay: 0.05 },
        { at: 0.09, filter: 'lowpass', hertz: 260, gain: 0.6, attack: 0.01, decay: 0.3 },
      ],
      [],
      pan,
    );
    return mix([
      ...(climbs ? [climb] : []),
      delayed(bangAt, bang),
      delayed(bangAt + 0.25, stars(random.fork('stars'), 0.3 + intensity)),
    ]);
  },
};

function stars(random: Random, level: number): Source {
  const crackle = new NoiseBand(random, { colour: 'white', filter: 'highpass', hertz: 2200 });
  const bursts = new Bursts(random.fork('bursts'), (r) => ({
    level: r.next() * r.next(),
    seconds: r.between(0.001, 0.005),
    side: r.next(),
  }));
  const left = newBlock();
  const right = newBlock();
  let frames = 0;
  return (outLeft, outRight, from, to) => {
    const t = frames / SAMPLE_RATE;
    frames += to - from;
    bursts.fill(left, right, from, to, 90 * exp(-t * 1.8));
    crackle.addEnveloped(outLeft, outRight, from, to, left, right, 0.55 * level * exp(-t * 0.9));
    return t < 2.2;
  };
}
