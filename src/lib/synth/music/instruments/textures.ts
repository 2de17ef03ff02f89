import { addScaled, newBlock } from '../../dsp/blocks.ts';
import { Drift } from '../../dsp/drift.ts';
import { exp2, smoothstep } from '../../dsp/maths.ts';
import { PinkNoise, WhiteNoise } from '../../dsp/noise.ts';
import { BLOCK_FRAMES, BLOCK_SECONDS, SAMPLE_RATE } from '../../dsp/sample-rate.ts';
import { StateVariableFilter } from '../../dsp/state-variable-filter.ts';
import { instrument } from './instrument.ts';

const noise = newBlock();
const band = newBlock();

/** Vinyl crackle and hiss. */
export const vinyl = instrument(
  'vinyl crackle',
  ({ random }) => {
    const sides = [0, 1].map((k) => ({
      hiss: new PinkNoise(random.fork(k)),
      high: new StateVariableFilter(1800, 0.5),
    }));
    const ring = new StateVariableFilter(2600, 1.4);
    let wait = random.exponential(0.1) * SAMPLE_RATE;
    let level = 0;
    return {
      render(left, right) {
        sides.forEach(({ hiss, high }, k) => {
          hiss.fill(noise);
          high.highpass(noise, noise);
          addScaled(k ? right : left, noise, 0.035);
        });
        band.fill(0);
        let sign = 1;
        let untilNext = wait;
        let now = level;
        for (let i = 0; i < BLOCK_FRAMES; i++) {
          if (--untilNext <= 0) {
            untilNext = random.exponential(0.11) * SAMPLE_RATE;
            const u = random.next();
            now = 0.05 + 0.7 * u * u * u * u;
            sign = random.chance(0.5) ? 1 : -1;
          }
          band[i] = now * sign;
          now *= 0.84;
        }
        wait = untilNext;
        level = now;
        const pan = random.between(0.3, 0.7);
        ring.bandpass(band, band);
        addScaled(left, band, pan);
        addScaled(right, band, 1 - pan);
        return true;
      },
    };
  },
  { isLive: true, lowest: 0, highest: 127, releaseSeconds: 0.3, gain: 4 },
);

/** Band-passed noise whose centre frequency drifts. */
export const air = instrument(
  'air',
  ({ random, hertz }) => {
    const sides = [0, 1].map((k) => ({
      source: new WhiteNoise(random.fork(k)),
      filter: new StateVariableFilter(hertz, 1.6),
      drift: new Drift(random.fork(`d${k}`), 0.4),
    }));
    let seconds = 0;
    return {
      render(left, right) {
        const level = 0.35 * smoothstep(seconds / 2);
        sides.forEach(({ source, filter, drift }, k) => {
          source.fill(noise);
          filter.tune(hertz * 4 * exp2(drift.advance(BLOCK_FRAMES)), 1.6);
          filter.bandpass(noise, noise);
          addScaled(k ? right : left, noise, level);
        });
        seconds += BLOCK_SECONDS;
        return true;
      },
    };
  },
  { isLive: true, lowest: 36, highest: 96, releaseSeconds: 0.9, gain: 0.8 },
);
