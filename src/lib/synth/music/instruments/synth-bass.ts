import { addEnveloped } from '../../dsp/envelope.ts';
import { clamp, exp, smoothstep } from '../../dsp/maths.ts';
import { newBlock } from '../../dsp/blocks.ts';
import { addPulse, addSaw, addSine } from '../../dsp/oscillators.ts';
import { BLOCK_SECONDS, SAMPLE_RATE } from '../../dsp/sample-rate.ts';
import { saturate } from '../../dsp/saturate.ts';
import { StateVariableFilter } from '../../dsp/state-variable-filter.ts';
import { instrument, type Instrument } from './instrument.ts';

const wave = newBlock();

/** Parameters of a synth bass: a sine, and a filtered and saturated wave for harmonics that small speakers can play. */
interface BassDesign {
  wave: 'saw' | 'square';
  attackSeconds: number;
  /** Cut-off of the lowpass above twice the fundamental, and what its envelope adds at the attack. */
  cutHertz: number;
  pluckHertz: number;
  drive: number;
  waveGain: number;
  fadePerSecond: number;
}

function synthBassOf(name: string, design: BassDesign, differences: Partial<Instrument>): Instrument {
  return instrument(
    name,
    ({ hertz, velocity }) => {
      const filter = new StateVariableFilter(300, 0.9);
      let phase = 0;
      let low = 0;
      let octave = 0;
      let seconds = 0;
      return {
        monoLevels: [1, 1],
        render(out) {
          wave.fill(0);
          const step = hertz / SAMPLE_RATE;
          phase =
            design.wave === 'saw'
              ? addSaw(wave, phase, step, design.waveGain)
              : addPulse(wave, phase, step, design.waveGain * 0.8, 0.5);
          filter.tune(
            clamp(hertz * 2 + design.cutHertz + design.pluckHertz * velocity * exp(-seconds * 9), 80, 9000),
            0.9,
          );
          filter.lowpass(wave, wave);
          low = addSine(wave, low, step, 0.62);
          octave = addSine(wave, octave, step * 2, 0.16);
          saturate(wave, design.drive);
          const level = (at: number) =>
            0.62 * smoothstep(at / design.attackSeconds) * exp(-at * design.fadePerSecond);
          addEnveloped(out, wave, seconds, level);
          seconds += BLOCK_SECONDS;
          return seconds < 16;
        },
      };
    },
    { lowest: 28, highest: 60, releaseSeconds: 0.05, velocityLayers: 2, ...differences },
  );
}

export const subBass = synthBassOf(
  'sub bass',
  {
    wave: 'saw',
    attackSeconds: 0.07,
    cutHertz: 160,
    pluckHertz: 0,
    drive: 1.7,
    waveGain: 0.5,
    fadePerSecond: 0,
  },
  { releaseSeconds: 0.16, gain: 1.3 },
);
export const synthBass = synthBassOf(
  'synth bass',
  {
    wave: 'saw',
    attackSeconds: 0.006,
    cutHertz: 300,
    pluckHertz: 1900,
    drive: 1.6,
    waveGain: 0.6,
    fadePerSecond: 0.7,
  },
  { gain: 1.5 },
);
export const squareBass = synthBassOf(
  'square bass',
  {
    wave: 'square',
    attackSeconds: 0.005,
    cutHertz: 420,
    pluckHertz: 2600,
    drive: 1.8,
    waveGain: 0.5,
    fadePerSecond: 1,
  },
  { gain: 0.9 },
);
