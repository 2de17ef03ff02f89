import { multiplyDecay } from '../../dsp/envelope.ts';
import { addScaled, newBlock } from '../../dsp/blocks.ts';
import { decayPerFrame } from '../../dsp/maths.ts';
import { ModalBank, type Mode } from '../../dsp/modal-bank.ts';
import { WhiteNoise } from '../../dsp/noise.ts';
import type { Random } from '../../dsp/random.ts';
import { SAMPLE_RATE } from '../../dsp/sample-rate.ts';
import { StateVariableFilter } from '../../dsp/state-variable-filter.ts';
import { mono, type Source } from './source.ts';

/** A short burst of filtered noise in a foley sound. */
export interface NoiseHit {
  /** Start, seconds. */
  at: number;
  filter: 'lowpass' | 'bandpass' | 'highpass';
  hertz: number;
  /** Q factor; 0.707 by default. */
  quality?: number;
  gain: number;
  /** Rise time, seconds; 0.0005 by default, a sharp click. */
  attack?: number;
  /** Time constant of the decay (to 1/e), seconds. */
  decay: number;
  /** Graininess: 0 smooth (the default) … 1 like gravel. */
  grain?: number;
}

/** A struck body in a foley sound. */
export interface BodyHit {
  /** Start, seconds. */
  at: number;
  modes: readonly Mode[];
  gain: number;
}

/** A foley sound: bursts of noise and struck bodies at their times. @param pan -1 left … 1 right. */
export function foley(
  random: Random,
  noises: readonly NoiseHit[],
  bodies: readonly BodyHit[] = [],
  pan = 0,
): Source {
  const voices = [
    ...noises.map((hit, k) => noiseVoice(random.fork(k), hit)),
    ...bodies.map((hit) => bodyVoice(hit)),
  ];
  let live = voices;
  return mono((out, from, to, seconds) => {
    live = live.filter((voice) => voice(out, from, to, seconds));
    return live.length > 0;
  }, pan);
}

type Voice = (out: Float32Array, from: number, to: number, seconds: number) => boolean;

function noiseVoice(random: Random, hit: NoiseHit): Voice {
  const noise = new WhiteNoise(random);
  const filter = new StateVariableFilter(hit.hertz, hit.quality);
  const decay = decayPerFrame(hit.decay);
  const rise = 1 - decayPerFrame((hit.attack ?? 0.0005) / 2);
  const block = newBlock();
  const grain = hit.grain ?? 0;
  let level = 1;
  let open = 0;
  let grit = 1;
  return (out, from, to, seconds) => {
    const start = Math.max(from, from + Math.round((hit.at - seconds) * SAMPLE_RATE));
    if (start >= to) return true;
    noise.fill(block, start, to);
    if (grain > 0) {
      // With a small probability per frame a grain begins, which decays in 2 ms.
      let now = grit;
      for (let i = start; i < to; i++) {
        if (block[i]! > 0.992) now = 2.2;
        now *= 0.99;
        block[i] = block[i]! * (1 - grain + grain * now);
      }
      grit = now;
    }
    filter[hit.filter](block, block, start, to);
    let gate = open;
    for (let i = start; i < to; i++) {
      gate += (1 - gate) * rise;
      block[i] = block[i]! * gate;
    }
    open = gate;
    level = multiplyDecay(block, level, decay, start, to);
    addScaled(out, block, hit.gain, start, to);
    return level > 2e-5;
  };
}

function bodyVoice(hit: BodyHit): Voice {
  const bank = new ModalBank(hit.modes);
  let isStruck = false;
  return (out, from, to, seconds) => {
    const start = Math.max(from, from + Math.round((hit.at - seconds) * SAMPLE_RATE));
    if (start >= to) return true;
    if (!isStruck) bank.strike(1);
    isStruck = true;
    bank.add(out, out, hit.gain, start, to);
    return !bank.isSilent;
  };
}
