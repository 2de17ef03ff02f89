import { Drift } from '../../dsp/drift.ts';
import { exp2 } from '../../dsp/maths.ts';
import { addSine } from '../../dsp/oscillators.ts';
import { SAMPLE_RATE } from '../../dsp/sample-rate.ts';
import { NoiseBand } from '../sources/noise-band.ts';
import { addScaled, newBlock } from '../../dsp/blocks.ts';
import type { AmbienceDef } from '../sound-def.ts';

/** Ratios of a wide, open chord. */
const CHORD = [1, 1.5, 2, 3, 4.02, 5.98];

/** Deep space, or a great machine far below: slowly beating tones and resonant noise. */
export const drone: AmbienceDef = {
  name: 'drone',
  kind: 'ambience',
  family: 'space',
  description: 'a deep drone',
  place: 'room',
  create: (random, intensity) => {
    const base = random.between(52, 62);
    const tones = CHORD.flatMap((ratio, k) =>
      [-1, 1].map((side) => ({
        step: (base * ratio * (1 + side * 0.0012 * (k + 1))) / SAMPLE_RATE,
        level: 0.16 / (1 + k * 0.7),
        side,
        phase: random.next(),
        drift: new Drift(random.fork(`${k} ${side}`), 0.09),
        last: 0,
      })),
    );
    const wind = new NoiseBand(random.fork('wind'), {
      colour: 'pink',
      filter: 'bandpass',
      hertz: 400,
      quality: 3,
    });
    const sweep = new Drift(random.fork('sweep'), 0.12);
    const block = newBlock();
    return (left, right, from, to) => {
      for (const tone of tones) {
        block.fill(0, from, to);
        const level = tone.level * (0.6 + 0.4 * tone.drift.advance(to - from));
        tone.phase = addSine(block, tone.phase, tone.step, tone.last, from, to, level);
        tone.last = level;
        addScaled(left, block, tone.side < 0 ? 1 : 0.4, from, to);
        addScaled(right, block, tone.side < 0 ? 0.4 : 1, from, to);
      }
      const x = sweep.advance(to - from);
      wind.tune(420 * exp2(1.3 * x), 3);
      wind.add(left, right, from, to, 0.06 + 0.12 * intensity);
      return true;
    };
  },
};
