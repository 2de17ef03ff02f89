import { newBlock } from '../../dsp/blocks.ts';
import { clamp, exp, sine } from '../../dsp/maths.ts';
import { FmPair } from '../../dsp/oscillators.ts';
import { BLOCK_FRAMES, BLOCK_SECONDS, SAMPLE_RATE } from '../../dsp/sample-rate.ts';
import { saturate } from '../../dsp/saturate.ts';
import { instrument } from './instrument.ts';

const body = newBlock();

/** An electric piano by FM: a tine whose modulation index grows with velocity, a short bell, and a stereo tremolo. */
export const electricPiano = instrument(
  'electric piano',
  ({ hertz, velocity, random }) => {
    const step = hertz / SAMPLE_RATE;
    const tineRatio = hertz * 14 < 15_000 ? 14 : 7;
    const main = new FmPair();
    const tine = new FmPair();
    const low = new FmPair();
    const life = clamp(5 - hertz / 260, 1.3, 5);
    const blockFade = exp(-BLOCK_SECONDS / (life * 0.36));
    let level = 0.42;
    let seconds = 0;
    let tremolo = random.next();
    return {
      render(left, right) {
        body.fill(0);
        const next = level * blockFade;
        const start = seconds === 0 ? 0 : level;
        const bark = (at: number) => 0.05 + 0.22 * velocity * exp(-at * 3.2) + 0.1 * velocity * exp(-at * 22);
        main.add(body, step, step * 1.0004, bark(seconds), bark(seconds + BLOCK_SECONDS), start, next);
        low.add(body, step, step, 0.02, 0.02, start * 0.35, next * 0.35);
        const ping = (at: number) => 0.1 * velocity * exp(-at * 9) * level;
        if (seconds < 0.8)
          tine.add(
            body,
            step * tineRatio,
            step,
            0.05,
            0.02,
            seconds === 0 ? 0 : ping(seconds),
            ping(seconds + BLOCK_SECONDS),
          );
        saturate(body, 1.1);
        const swing = 0.2 * sine(tremolo);
        tremolo += 4.1 * BLOCK_SECONDS;
        const swingTo = 0.2 * sine(tremolo);
        for (let i = 0; i < BLOCK_FRAMES; i++) {
          const w = swing + ((swingTo - swing) * i) / BLOCK_FRAMES;
          left[i] = left[i]! + body[i]! * (0.8 + w);
          right[i] = right[i]! + body[i]! * (0.8 - w);
        }
        level = next;
        seconds += BLOCK_SECONDS;
        return level > 2e-4;
      },
    };
  },
  { lowest: 33, highest: 96, releaseSeconds: 0.1, gain: 0.75 },
);
