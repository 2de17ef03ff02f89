import { addScaled, newBlock } from '../../dsp/blocks.ts';
import { addEnveloped } from '../../dsp/envelope.ts';
import { clamp, exp, exp2, smoothstep } from '../../dsp/maths.ts';
import { WhiteNoise } from '../../dsp/noise.ts';
import { addSaw } from '../../dsp/oscillators.ts';
import { BLOCK_SECONDS, SAMPLE_RATE } from '../../dsp/sample-rate.ts';
import { saturate } from '../../dsp/saturate.ts';
import { StateVariableFilter } from '../../dsp/state-variable-filter.ts';
import { metalDrum, skinDrum } from './drum-sounds.ts';
import { instrument } from './instrument.ts';

const noise = newBlock();
const tone = newBlock();
const EFFECT = { lowest: 0, highest: 127, releaseSeconds: 9, velocityLayers: 1, roundRobins: 2 } as const;

/** A deep hit with a tail of noise. */
export const boom = instrument(
  'boom',
  ({ random, velocity }) => {
    const drum = skinDrum(
      {
        hertz: 46,
        bend: 1.5,
        bendPerSecond: 16,
        seconds: 2.1,
        click: 1.4,
        clickHertz: 1300,
        overtone: 0.2,
        drive: 1.7,
      },
      velocity,
      random,
    );
    const sides = [0, 1].map((k) => ({
      source: new WhiteNoise(random.fork(k)),
      filter: new StateVariableFilter(700, 0.7),
    }));
    let seconds = 0;
    return {
      render(left, right) {
        const hasMore = drum.render(left, right);
        const level = (at: number) => 1.1 * Math.min(1, at * 600) * exp(-at * 3.2);
        sides.forEach(({ source, filter }, k) => {
          source.fill(noise);
          filter.tune(110 + 2400 * exp(-seconds * 7), 0.7);
          filter.lowpass(noise, noise);
          addEnveloped(k ? right : left, noise, seconds, level);
        });
        seconds += BLOCK_SECONDS;
        return hasMore;
      },
    };
  },
  EFFECT,
);

/** A cymbal struck hard. */
export const crash = instrument(
  'crash',
  ({ random }) =>
    metalDrum({ pitch: 0.87, highpassHertz: 3000, seconds: 1.9, wash: 0.55, darkHertz: 14_000 }, random),
  { ...EFFECT, gain: 0.9 },
);

/** A cymbal touched softly. */
export const softCrash = instrument(
  'soft crash',
  ({ random }) =>
    metalDrum(
      { pitch: 0.8, highpassHertz: 3800, seconds: 1.2, wash: 0.8, darkHertz: 9000, pan: 0.2 },
      random,
    ),
  { ...EFFECT, gain: 0.65 },
);

/** A reversed cymbal, which ends exactly with its note. */
export const swell = instrument(
  'swell',
  ({ random, seconds: length }) => {
    const sides = [0, 1].map((k) => ({
      source: new WhiteNoise(random.fork(k)),
      filter: new StateVariableFilter(3900, 0.7),
    }));
    const level = (at: number) =>
      at >= length
        ? 0
        : exp((at / length - 1) * 5) * smoothstep((at / length) * 6) * smoothstep((length - at) / 0.02) * 0.5;
    let seconds = 0;
    return {
      render(left, right) {
        sides.forEach(({ source, filter }, k) => {
          source.fill(noise);
          filter.tune(2500 + 3500 * (seconds / length) * (k ? 1.05 : 1), 0.7);
          filter.highpass(noise, noise);
          addEnveloped(k ? right : left, noise, seconds, level);
        });
        seconds += BLOCK_SECONDS;
        return seconds < length;
      },
    };
  },
  { ...EFFECT, isLive: true, gain: 0.7 },
);

/** Noise and tone of rising pitch, which end exactly with the note. */
export const riser = instrument(
  'riser',
  ({ random, hertz, seconds: length }) => {
    const sides = [0, 1].map((k) => ({
      source: new WhiteNoise(random.fork(k)),
      filter: new StateVariableFilter(300, 1.5),
      phase: random.next(),
    }));
    const level = (at: number) => {
      const u = at / length;
      return u >= 1 ? 0 : u * u * u * smoothstep((length - at) / 0.012) * 0.5;
    };
    let seconds = 0;
    return {
      render(left, right) {
        const u = clamp(seconds / length, 0, 1);
        sides.forEach((side, k) => {
          side.source.fill(noise);
          side.filter.tune(260 * exp2(4.4 * u) * (k ? 1.08 : 1), 1.4);
          side.filter.bandpass(noise, noise);
          tone.fill(0);
          side.phase = addSaw(tone, side.phase, (hertz * (k ? 1.006 : 1) * exp2(u)) / SAMPLE_RATE, 0.16 * u);
          addScaled(noise, tone, 1);
          addEnveloped(k ? right : left, noise, seconds, level);
        });
        seconds += BLOCK_SECONDS;
        return seconds < length;
      },
    };
  },
  { ...EFFECT, isLive: true, gain: 0.9 },
);

/** A braam: a low cluster of detuned saws through a lowpass. */
export const braam = instrument(
  'braam',
  ({ random, hertz }) => {
    const voices = [0.5, 0.5, 1, 1, 1, 2, 2].map((ratio) => ({
      phase: random.next(),
      step: (hertz * ratio * random.between(0.995, 1.005)) / SAMPLE_RATE,
    }));
    const filters = [new StateVariableFilter(300, 0.9), new StateVariableFilter(300, 0.9)] as const;
    let seconds = 0;
    return {
      render(left, right) {
        noise.fill(0);
        tone.fill(0);
        voices.forEach((voice, k) => {
          voice.phase = addSaw(k % 2 ? noise : tone, voice.phase, voice.step, 0.3);
        });
        addScaled(noise, tone, 0.4);
        const level = (at: number) => 0.6 * smoothstep(at / 0.05) * exp(-at * 1.5);
        [noise, tone].forEach((side, k) => {
          filters[k as 0 | 1].tune(130 + 2300 * smoothstep(seconds / 0.06) * exp(-seconds * 1.8), 0.9);
          filters[k as 0 | 1].lowpass(side, side);
          saturate(side, 1.6);
          addEnveloped(k ? right : left, side, seconds, level);
        });
        seconds += BLOCK_SECONDS;
        return seconds < 4;
      },
    };
  },
  { ...EFFECT, lowest: 24, highest: 48, gain: 1.5 },
);
