import { newBlock } from '../../dsp/blocks.ts';
import { clamp, exp, exp2, power, sine } from '../../dsp/maths.ts';
import { ModalBank, type Mode } from '../../dsp/modal-bank.ts';
import { WhiteNoise } from '../../dsp/noise.ts';
import { BLOCK_FRAMES, BLOCK_SECONDS, SAMPLE_RATE } from '../../dsp/sample-rate.ts';
import { StateVariableFilter } from '../../dsp/state-variable-filter.ts';
import { instrument, type Tone, type ToneRequest } from './instrument.ts';

const noise = newBlock();

/**
 * A piano by modal synthesis: stiff (inharmonic) strings, two modes per partial that beat and decay at different rates,
 * and the noise of the hammer.
 * @param felt Softness of the hammer, 0 … 1.
 */
function startPiano({ hertz, velocity, random }: ToneRequest, felt: number): Tone {
  const stiffness = 0.00016 * exp2(Math.max(0, hertz - 130) / 900);
  const brightness = (0.3 + 0.7 * velocity) * (1.3 - felt);
  const partials = Math.min(22, Math.floor(9000 / hertz));
  const seconds = clamp(9 * exp2(-(hertz - 65) / 420), 1.1, 9);
  const place = clamp((hertz - 300) / 1100, -0.4, 0.4);
  const modes: Mode[] = [];
  let total = 0;
  for (let p = 1; p <= partials; p++) {
    const partial = hertz * p * Math.sqrt(1 + stiffness * p * p);
    const hammer = Math.abs(sine(0.5 * p * 0.122)) + 0.02;
    const gain = (hammer * exp(-partial / (650 + 3600 * brightness))) / power(p, 0.3);
    total += gain * gain;
    // High partials decay before two modes could beat.
    for (const string of p > 11 ? [1] : [-1, 1]) {
      const decay = (string < 0 ? 0.36 : 1.05) / (1 + 0.1 * (p - 1) + partial / 6500);
      modes.push({
        hertz: partial * (1 + string * 0.00032 * random.between(0.6, 1.4)),
        gain: gain * (p > 11 ? 0.9 : string < 0 ? 0.68 : 0.34),
        seconds: Math.max(0.12, seconds * decay),
        pan: clamp(place + string * 0.3 + random.between(-0.15, 0.15), -0.9, 0.9),
      });
    }
  }
  const bank = new ModalBank(modes);
  bank.strike(0.55 / Math.sqrt(total));
  const hammerNoise = new WhiteNoise(random);
  const wood = new StateVariableFilter(170 + hertz * 0.35, 1.1);
  const knock = 0.12 * (0.4 + velocity);
  const rise = 1 / ((0.0015 + 0.008 * felt) * SAMPLE_RATE);
  let seconds0 = 0;
  return {
    render(left, right) {
      bank.add(left, right, 1);
      if (seconds0 < 0.12) {
        hammerNoise.fill(noise);
        wood.bandpass(noise, noise);
        let k = knock * exp(-seconds0 * 55);
        for (let i = 0; i < BLOCK_FRAMES; i++) {
          const on = Math.min(1, (seconds0 * SAMPLE_RATE + i) * rise);
          const thump = noise[i]! * k;
          left[i] = (left[i]! + thump) * on;
          right[i] = (right[i]! + thump) * on;
          k *= 0.99885;
        }
      }
      seconds0 += BLOCK_SECONDS;
      return !bank.isSilent;
    },
  };
}

export const piano = instrument('piano', (request) => startPiano(request, 0.25), {
  lowest: 28,
  highest: 96,
  releaseSeconds: 0.16,
  gain: 0.9,
});
export const feltPiano = instrument('felt piano', (request) => startPiano(request, 0.8), {
  lowest: 28,
  highest: 96,
  releaseSeconds: 0.22,
  gain: 1,
});
