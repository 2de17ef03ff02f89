import { addEnveloped } from '../../dsp/envelope.ts';
import { CENT, clamp, exp, panGains, sine, smoothstep } from '../../dsp/maths.ts';
import { addScaled, newBlock } from '../../dsp/blocks.ts';
import { WhiteNoise } from '../../dsp/noise.ts';
import { addPulse, addSaw, addSine } from '../../dsp/oscillators.ts';
import { BLOCK_FRAMES, BLOCK_SECONDS, SAMPLE_RATE } from '../../dsp/sample-rate.ts';
import { StateVariableFilter } from '../../dsp/state-variable-filter.ts';
import { Body, type Resonances } from './body.ts';
import { instrument, type Instrument } from './instrument.ts';

const wave = newBlock();
const breath = newBlock();
const shaped = newBlock();

/** Parameters of a bowed, blown or synthesised solo instrument: subtractive synthesis with a delayed vibrato. */
interface SoloDesign {
  wave: 'saw' | 'square' | 'flute' | 'synth';
  attackSeconds: number;
  /** Cut-off of the lowpass: `cutHertz` + `cutRatio` × the fundamental, scaled by velocity. */
  cutRatio: number;
  cutHertz: number;
  body: Resonances;
  /** Level of the noise of bow or breath, linear. */
  noise: number;
  vibrato: { rate: number; cents: number };
}

function solo(name: string, design: SoloDesign, differences: Partial<Instrument>): Instrument {
  return instrument(
    name,
    ({ hertz, velocity, random }) => {
      const noise = new WhiteNoise(random);
      const air = new StateVariableFilter(clamp(hertz * 2, 400, 6000), 0.8);
      const lowpass = new StateVariableFilter(2000, 0.7);
      const body = new Body(design.body);
      const monoLevels = panGains(random.between(-0.1, 0.1));
      const rate = design.vibrato.rate * random.between(0.94, 1.06);
      const detune = 1 + random.between(-2, 2) * CENT;
      let phase = random.next();
      let second = random.next();
      let third = 0;
      let seconds = 0;
      let level = 0;
      return {
        monoLevels,
        render(out) {
          const late = smoothstep((seconds - 0.22) / 0.5);
          // The pitch starts a little flat, as with bow and breath.
          const scoop = -9 * exp(-seconds * 28);
          const cents = design.vibrato.cents * late * sine(seconds * rate) + scoop;
          const step = (hertz * detune * (1 + cents * CENT)) / SAMPLE_RATE;
          wave.fill(0);
          if (design.wave === 'saw') phase = addSaw(wave, phase, step, 0.5);
          else if (design.wave === 'square') phase = addPulse(wave, phase, step, 0.4, 0.48);
          else if (design.wave === 'synth') {
            phase = addSaw(wave, phase, step, 0.32);
            second = addPulse(wave, second, step * 1.0035, 0.24, 0.4);
          } else {
            phase = addSine(wave, phase, step, 0.6);
            second = addSine(wave, second, step * 2, 0.16 + 0.12 * velocity);
            third = addSine(wave, third, step * 3, 0.05 + 0.09 * velocity);
          }
          noise.fill(breath);
          air.bandpass(breath, breath);
          addScaled(wave, breath, design.noise * (1 + 2.2 * exp(-seconds * 26)));
          const swell = 0.75 + 0.25 * smoothstep(seconds / 0.9);
          lowpass.tune(
            clamp((design.cutHertz + design.cutRatio * hertz) * (0.45 + 0.7 * velocity) * swell, 200, 15_000),
            0.75,
          );
          lowpass.lowpass(wave, wave);
          for (let i = 0; i < BLOCK_FRAMES; i++) shaped[i] = wave[i]! * 0.6;
          body.add(wave, shaped);
          const to =
            smoothstep((seconds + BLOCK_SECONDS) / design.attackSeconds) *
            swell *
            (1 + 0.05 * late * sine(seconds * rate + 0.2));
          addScaled(out, shaped, level, 0, BLOCK_FRAMES, to);
          level = to;
          seconds += BLOCK_SECONDS;
          return seconds < 14;
        },
      };
    },
    { releaseSeconds: 0.09, velocityLayers: 3, roundRobins: 2, ...differences },
  );
}

export const cello = solo(
  'cello',
  {
    wave: 'saw',
    attackSeconds: 0.13,
    cutRatio: 4,
    cutHertz: 1300,
    body: [
      [180, 2.4, 0.8],
      [330, 2.6, 0.6],
      [1100, 1.6, 0.35],
      [2300, 1.4, 0.25],
    ],
    noise: 0.05,
    vibrato: { rate: 5.3, cents: 13 },
  },
  { lowest: 36, highest: 76, gain: 0.95 },
);
export const violin = solo(
  'violin',
  {
    wave: 'saw',
    attackSeconds: 0.1,
    cutRatio: 4,
    cutHertz: 2600,
    body: [
      [290, 2.4, 0.7],
      [520, 2.6, 0.5],
      [1300, 1.5, 0.35],
      [2800, 1.3, 0.4],
    ],
    noise: 0.04,
    vibrato: { rate: 5.9, cents: 15 },
  },
  { lowest: 55, highest: 96, gain: 0.75 },
);
export const flute = solo(
  'flute',
  {
    wave: 'flute',
    attackSeconds: 0.07,
    cutRatio: 6,
    cutHertz: 2500,
    body: [[900, 0.9, 0.3]],
    noise: 0.14,
    vibrato: { rate: 5, cents: 9 },
  },
  { lowest: 60, highest: 96, gain: 0.65 },
);
export const whistle = solo(
  'whistle',
  {
    wave: 'flute',
    attackSeconds: 0.045,
    cutRatio: 3,
    cutHertz: 1500,
    body: [],
    noise: 0.09,
    vibrato: { rate: 5.6, cents: 16 },
  },
  { lowest: 67, highest: 98, gain: 0.85 },
);
export const clarinet = solo(
  'clarinet',
  {
    wave: 'square',
    attackSeconds: 0.05,
    cutRatio: 4,
    cutHertz: 900,
    body: [[1500, 1.2, 0.3]],
    noise: 0.025,
    vibrato: { rate: 4.8, cents: 4 },
  },
  { lowest: 50, highest: 91, gain: 0.9 },
);
export const leadSynth = solo(
  'lead synth',
  {
    wave: 'synth',
    attackSeconds: 0.012,
    cutRatio: 4,
    cutHertz: 1800,
    body: [],
    noise: 0,
    vibrato: { rate: 5.4, cents: 8 },
  },
  { lowest: 48, highest: 96, gain: 1.1, releaseSeconds: 0.12 },
);
export const pluckSynth = instrument(
  'pluck synth',
  ({ hertz, velocity, random }) => {
    const filters = [new StateVariableFilter(1000, 1.2), new StateVariableFilter(1000, 1.2)] as const;
    const phases = [random.next(), random.next(), random.next()];
    let seconds = 0;
    return {
      render(left, right) {
        wave.fill(0);
        shaped.fill(0);
        const step = hertz / SAMPLE_RATE;
        phases[0] = addSaw(wave, phases[0]!, step * 0.9975, 0.4);
        phases[1] = addSaw(shaped, phases[1]!, step * 1.0025, 0.4);
        phases[2] = addPulse(wave, phases[2]!, step, 0.15, 0.3);
        addScaled(shaped, wave, 0.3);
        const cut = hertz * 1.5 + (700 + 6500 * velocity) * exp(-seconds * 9);
        for (const [k, each] of [wave, shaped].entries()) {
          filters[k as 0 | 1].tune(clamp(cut, 150, 14_000), 1.1);
          filters[k as 0 | 1].lowpass(each, each);
        }
        const fade = (at: number) => Math.min(1, at * 400) * exp(-at * 4.5);
        addEnveloped(left, wave, seconds, fade);
        addEnveloped(right, shaped, seconds, fade);
        seconds += BLOCK_SECONDS;
        return seconds < 1.9;
      },
    };
  },
  { lowest: 40, highest: 100, releaseSeconds: 0.1, gain: 1.3 },
);
