import { addEnveloped } from '../../dsp/envelope.ts';
import { exp, panGains } from '../../dsp/maths.ts';
import { addScaled, newBlock } from '../../dsp/blocks.ts';
import { ModalBank } from '../../dsp/modal-bank.ts';
import { WhiteNoise } from '../../dsp/noise.ts';
import { addPulse, sineOfPhases } from '../../dsp/oscillators.ts';
import type { Random } from '../../dsp/random.ts';
import { BLOCK_FRAMES, BLOCK_SECONDS, SAMPLE_RATE } from '../../dsp/sample-rate.ts';
import { saturate } from '../../dsp/saturate.ts';
import { StateVariableFilter } from '../../dsp/state-variable-filter.ts';
import type { Tone } from './instrument.ts';

const skin = newBlock();
const rattle = newBlock();
const other = newBlock();

/** Parameters of a drum with a skin: a sine of falling pitch, an overtone and a click. */
export interface SkinDesign {
  hertz: number;
  /** Pitch above `hertz` at the start, as a ratio minus 1, and its exponential decay per second. */
  bend: number;
  bendPerSecond: number;
  seconds: number;
  click: number;
  clickHertz: number;
  overtone: number;
  drive: number;
  /** Linear level, 1 when left out. */
  level?: number;
  pan?: number;
}

/** A kick drum or a tom. */
export function skinDrum(design: SkinDesign, velocity: number, random: Random): Tone {
  const noise = new WhiteNoise(random);
  const filter = new StateVariableFilter(design.clickHertz, 0.7);
  const loudness = design.level ?? 1;
  const [l, r] = panGains(design.pan ?? 0);
  let phase = 0;
  let second = 0;
  let seconds = 0;
  return {
    render(left, right) {
      const fall = exp(-design.bendPerSecond / SAMPLE_RATE);
      let bend = design.bend * (0.7 + 0.5 * velocity) * exp(-seconds * design.bendPerSecond);
      const base = design.hertz / SAMPLE_RATE;
      let turns = phase;
      let upperTurns = second;
      for (let i = 0; i < BLOCK_FRAMES; i++) {
        const step = base * (1 + bend);
        turns += step;
        upperTurns += step * 1.593;
        bend *= fall;
        skin[i] = turns;
        other[i] = upperTurns;
      }
      phase = turns - Math.floor(turns);
      second = upperTurns - Math.floor(upperTurns);
      sineOfPhases(skin);
      sineOfPhases(other);
      const level = (at: number) => Math.min(1, at * 1500) * exp((-at * 5) / design.seconds);
      const upper = (at: number) =>
        design.overtone * Math.min(1, at * 1500) * exp((-at * 12) / design.seconds);
      rattle.fill(0);
      addEnveloped(rattle, skin, seconds, level);
      addEnveloped(rattle, other, seconds, upper);
      if (seconds < 0.06) {
        noise.fill(other);
        filter.lowpass(other, other);
        const click = (at: number) => design.click * (0.4 + velocity) * exp(-at * 160);
        addEnveloped(rattle, other, seconds, click);
        if (seconds === 0) for (let i = 0; i < 24; i++) rattle[i] = (rattle[i]! * i) / 24;
      }
      saturate(rattle, design.drive);
      addScaled(left, rattle, l * loudness);
      addScaled(right, rattle, r * loudness);
      seconds += BLOCK_SECONDS;
      return seconds < design.seconds * 2;
    },
  };
}

/** Parameters of a drum made of band-passed noise: snares, claps, shakers, brushes. */
export interface NoiseDesign {
  hertz: number;
  quality: number;
  /** A second, brighter band and its gain. */
  brightHertz: number;
  brightGain: number;
  seconds: number;
  /** Times of the bursts of one hit, seconds: a clap has several. */
  bursts: readonly number[];
  attackSeconds: number;
  pan?: number;
  width?: number;
  /** Linear level, 1 when left out. */
  level?: number;
}

/** The wires of a snare, a clap or a shaker. */
export function noiseDrum(design: NoiseDesign, random: Random): Tone {
  const sides = [0, 1].map((k) => ({
    noise: new WhiteNoise(random.fork(k)),
    band: new StateVariableFilter(design.hertz * (k ? 1.03 : 1), design.quality),
    bright: new StateVariableFilter(design.brightHertz, 0.8),
  }));
  const [l, r] = panGains(design.pan ?? 0);
  const width = design.width ?? 0.35;
  const loudness = design.level ?? 1;
  const level = (at: number): number => {
    let sum = 0;
    design.bursts.forEach((start, k) => {
      const t = at - start;
      if (t < 0) return;
      const isLast = k === design.bursts.length - 1;
      sum += Math.min(1, t / design.attackSeconds) * exp((-t * 5) / (isLast ? design.seconds : 0.014));
    });
    return sum;
  };
  let seconds = 0;
  return {
    render(left, right) {
      sides.forEach(({ noise, band, bright }, k) => {
        const out = k ? other : skin;
        noise.fill(rattle);
        out.fill(0);
        band.addBandpass(rattle, out, 1);
        bright.highpass(rattle, rattle);
        addScaled(out, rattle, design.brightGain);
        // Attacks are shorter than a block, so the envelope is computed every 16 frames.
        for (let i = 0; i < BLOCK_FRAMES; i += 16) {
          const at = seconds + i / SAMPLE_RATE;
          const from = level(at);
          const slope = (level(at + 16 / SAMPLE_RATE) - from) / 16;
          for (let j = 0; j < 16; j++) out[i + j] = out[i + j]! * (from + slope * j);
        }
      });
      addScaled(left, skin, l * loudness);
      addScaled(left, other, l * loudness * (1 - width) * 0.5);
      addScaled(right, other, r * loudness);
      addScaled(right, skin, r * loudness * (1 - width) * 0.5);
      seconds += BLOCK_SECONDS;
      return seconds < design.bursts[design.bursts.length - 1]! + design.seconds * 1.6;
    },
  };
}

/** Frequencies of the square waves, Hz. */
const METAL = [2063, 3127, 3911, 4523, 5407, 6779];

/** Parameters of cymbals and hi-hats: six inharmonic square waves and noise through a highpass. */
export interface MetalDesign {
  pitch: number;
  highpassHertz: number;
  seconds: number;
  /** Share of a slower decay under the attack, 0 … 1. */
  wash: number;
  darkHertz: number;
  pan?: number;
}

/** A cymbal or a hi-hat. */
export function metalDrum(design: MetalDesign, random: Random): Tone {
  const pitch = design.pitch * random.between(0.985, 1.015);
  const phases = METAL.map(() => random.next());
  const sides = [0, 1].map((k) => ({
    noise: new WhiteNoise(random.fork(k)),
    high: new StateVariableFilter(design.highpassHertz * (k ? 1.04 : 1), 0.8),
    dark: new StateVariableFilter(design.darkHertz, 0.7),
  }));
  const [l, r] = panGains(design.pan ?? 0);
  const level = (at: number) =>
    Math.min(1, at * 900) *
    ((1 - design.wash) * exp(-at * 26) + (design.wash || 1) * exp((-at * 5) / design.seconds));
  let seconds = 0;
  return {
    render(left, right) {
      other.fill(0);
      phases.forEach((phase, k) => {
        phases[k] = addPulse(other, phase, (METAL[k]! * pitch) / SAMPLE_RATE, 0.11, 0.5);
      });
      sides.forEach(({ noise, high, dark }, k) => {
        noise.fill(rattle);
        for (let i = 0; i < BLOCK_FRAMES; i++) rattle[i] = rattle[i]! * 0.42 + other[i]!;
        high.highpass(rattle, rattle);
        dark.lowpass(rattle, rattle);
        if (seconds === 0) for (let i = 0; i < 32; i++) rattle[i] = (rattle[i]! * i) / 32;
        const out = k ? right : left;
        addScaled(
          out,
          rattle,
          (k ? r : l) * (seconds === 0 ? 1 : level(seconds)),
          0,
          BLOCK_FRAMES,
          (k ? r : l) * level(seconds + BLOCK_SECONDS),
        );
      });
      seconds += BLOCK_SECONDS;
      return seconds < design.seconds * 2;
    },
  };
}

/** A woodblock, a rim or a triangle: a few modes with frequency, gain and RT60. */
export function modalDrum(
  modes: readonly (readonly [hertz: number, gain: number, seconds: number])[],
  pan: number,
  random: Random,
): Tone {
  const tuning = random.between(0.99, 1.01);
  const bank = new ModalBank(
    modes.map(([hertz, gain, seconds]) => ({ hertz: hertz * tuning, gain, seconds, pan })),
  );
  bank.strike(0.7);
  let isFirst = true;
  return {
    render(left, right) {
      bank.add(left, right, 1);
      if (isFirst) {
        for (let i = 0; i < 12; i++) {
          left[i] = (left[i]! * i) / 12;
          right[i] = (right[i]! * i) / 12;
        }
        isFirst = false;
      }
      return !bank.isSilent;
    },
  };
}
