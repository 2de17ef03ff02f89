import { addScaled, newBlock } from '../../dsp/blocks.ts';
import { clamp } from '../../dsp/maths.ts';
import { WhiteNoise } from '../../dsp/noise.ts';
import { OnePole } from '../../dsp/one-pole.ts';
import type { Random } from '../../dsp/random.ts';
import { SAMPLE_RATE } from '../../dsp/sample-rate.ts';
import { StateVariableFilter } from '../../dsp/state-variable-filter.ts';
import { mono, type Source } from './source.ts';

/** A value at a time of a call, in seconds. */
export type Curve = (seconds: number) => number;

/** A resonance of the vocal tract. */
export interface Formant {
  hertz: Curve;
  quality: number;
  gain: number;
}

/** Parameters of the call of an animal: glottal source, breath noise and formants. */
export interface Call {
  seconds: number;
  /** Pitch. */
  hertz: Curve;
  /** Linear level. */
  level: Curve;
  formants: readonly Formant[];
  /** Share of breath noise, 0 … 1; 0.05 by default. */
  breath?: Curve;
  /** Jitter of the pitch, 0 none … 0.5 growling; 0.02 by default. */
  roughness?: number;
  /** Attenuation of every second pulse, 0 none … 1: a hoarse subharmonic an octave below. */
  subharmonic?: number;
  /** Cut-off of the lowpass (6 dB per octave) of the glottal source; 2200 by default. */
  tiltHertz?: number;
  pan?: number;
}

const STEP = 32;

/** Renders a call by the source-filter model (Fant, 1960), with a jittered, band-limited sawtooth as glottal source. */
export function voice(random: Random, call: Call): Source {
  const folds = new VocalFolds(random, call);
  const breathNoise = new WhiteNoise(random.fork('breath'));
  const breath = newBlock();
  const excitation = newBlock();
  const voiced = newBlock();
  const tilt = new OnePole(call.tiltHertz ?? 2200);
  const lowCut = new StateVariableFilter(60, 0.6);
  const throats = call.formants.map(({ quality }) => new StateVariableFilter(1000, quality));
  let level = 0;
  const render = (out: Float32Array, from: number, to: number, seconds: number) => {
    const air = call.breath?.(seconds) ?? 0.05;
    breathNoise.fill(breath, from, to);
    folds.fill(excitation, from, to, call.hertz(seconds));
    tilt.lowpass(excitation, excitation, from, to);
    const tone = 1 - air * 0.6;
    for (let i = from; i < to; i++) {
      // Breath noise is loudest while the vocal folds are open, in the first part of each period.
      excitation[i] = excitation[i]! * tone + breath[i]! * air * (0.35 + 0.65 * (1 - folds.phases[i]!));
      voiced[i] = excitation[i]! * 0.12;
    }
    call.formants.forEach((formant, k) => {
      throats[k]!.tune(clamp(formant.hertz(seconds), 60, 12_000), formant.quality);
      throats[k]!.addBandpass(excitation, voiced, formant.gain, from, to);
    });
    lowCut.highpass(voiced, voiced, from, to);
    const next = call.level(seconds + (to - from) / SAMPLE_RATE);
    addScaled(out, voiced, level, from, to, next);
    level = next;
  };
  return mono((out, from, to, seconds) => {
    for (let start = from; start < to; start += STEP) {
      const end = Math.min(to, start + STEP);
      render(out, start, end, seconds + (start - from) / SAMPLE_RATE);
    }
    return seconds < call.seconds;
  }, call.pan ?? 0);
}

/** The glottal source: a polyBLEP sawtooth with jitter, and every second pulse attenuated when hoarse. */
class VocalFolds {
  /** Phase, 0 … 1, of each frame rendered last. */
  readonly phases = newBlock();
  readonly #jitter: WhiteNoise;
  readonly #smooth = new OnePole(140);
  readonly #wobble = newBlock();
  readonly #roughness: number;
  readonly #subharmonic: number;
  #phase = 0;
  #isWeak = false;

  constructor(random: Random, call: Call) {
    this.#jitter = new WhiteNoise(random.fork('jitter'));
    this.#roughness = (call.roughness ?? 0.02) * 10;
    this.#subharmonic = call.subharmonic ?? 0;
  }

  fill(out: Float32Array, from: number, to: number, hertz: number): void {
    const wobble = this.#wobble;
    this.#jitter.fill(wobble, from, to);
    this.#smooth.lowpass(wobble, wobble, from, to);
    const base = hertz / SAMPLE_RATE;
    const roughness = this.#roughness;
    const weak = 1 - this.#subharmonic;
    const phases = this.phases;
    let phase = this.#phase;
    let isWeak = this.#isWeak;
    for (let i = from; i < to; i++) {
      let step = base * (1 + wobble[i]! * roughness);
      if (step < 1e-4) step = 1e-4;
      else if (step > 0.4) step = 0.4;
      phase += step;
      if (phase >= 1) {
        phase -= 1;
        isWeak = !isWeak;
      }
      let saw = 2 * phase - 1;
      if (phase < step) {
        const t = phase / step;
        saw -= t + t - t * t - 1;
      } else if (phase > 1 - step) {
        const t = (phase - 1) / step;
        saw -= t * t + t + t + 1;
      }
      out[i] = isWeak ? saw * weak : saw;
      phases[i] = phase;
    }
    this.#phase = phase;
    this.#isWeak = isWeak;
  }
}

/** A breakpoint envelope: values at equal distances over a time, interpolated linearly. */
export function breakpoints(seconds: number, values: readonly number[]): Curve {
  const last = values.length - 1;
  return (at) => {
    const x = clamp(at / seconds, 0, 1) * last;
    const i = Math.min(last - 1, Math.floor(x));
    return values[i]! + (values[i + 1]! - values[i]!) * (x - i);
  };
}
