import { addScaled, newBlock } from '../../dsp/blocks.ts';
import { Drift } from '../../dsp/drift.ts';
import { exp2 } from '../../dsp/maths.ts';
import { WhiteNoise } from '../../dsp/noise.ts';
import { OnePole } from '../../dsp/one-pole.ts';
import type { Random } from '../../dsp/random.ts';
import { SAMPLE_RATE } from '../../dsp/sample-rate.ts';
import { saturate } from '../../dsp/saturate.ts';
import { StateVariableFilter } from '../../dsp/state-variable-filter.ts';
import type { Source } from './source.ts';

/** Parameters of a combustion engine. */
export interface Motor {
  /** Revolutions per minute at a time in seconds. */
  rpm: (seconds: number) => number;
  /** Load, 0 … 1, at a time in seconds. */
  load: (seconds: number) => number;
  cylinders: number;
  /** A two-stroke engine fires every revolution, a four-stroke one (the default) every second. */
  isTwoStroke?: boolean;
  /** Random variation from stroke to stroke, 0 … 0.5. */
  roughness: number;
  /** Resonances of the exhaust, ascending. */
  exhaustHertz: readonly number[];
  /** Intake and mechanical noise, 0 … 1. */
  noise: number;
  /** Cut-off of the lowpass of the whole; 2500 by default. */
  topHertz?: number;
}

const EXHAUST_QUALITY = [2.2, 2.5, 2, 1.4];
const EXHAUST_GAIN = [1.4, 1, 0.6, 0.28];

/** A train of irregular pulses through exhaust resonances and a pipe echo, plus intake noise (after Farnell, 2010). */
export function motor(random: Random, shape: Motor): Source {
  const cylinders = Array.from({ length: shape.cylinders }, () => ({
    level: random.between(0.8, 1.2),
    late: random.between(-0.06, 0.06),
  }));
  const resonances = shape.exhaustHertz.map(
    (hz, i) => new StateVariableFilter(hz, EXHAUST_QUALITY[i] ?? 1.5),
  );
  const noises = ['a', 'left', 'right'].map((name) => new WhiteNoise(random.fork(name)));
  const [a, left, right, puffs, pulses, exhaust] = Array.from({ length: 6 }, newBlock) as [
    Float32Array,
    ...Float32Array[],
  ] as [Float32Array, Float32Array, Float32Array, Float32Array, Float32Array, Float32Array];
  const top = shape.topHertz ?? 2500;
  const lowpass = [new OnePole(top), new OnePole(top * 0.93)] as const;
  const lowCut = new StateVariableFilter(30, 0.7);
  const drift = new Drift(random, 3);
  const pipe = new Float32Array(2048);
  let written = 0;
  let phase = 0;
  let cylinder = 0;
  let puff = 0;
  let late = 0;
  let frames = 0;

  const fire = (from: number, to: number, step: number, load: number) => {
    const decay = exp2(-(7 - 3 * load) * step);
    const turbulence = 0.2 + 3 * shape.roughness + 0.3 * load;
    let turns = phase;
    let level = puff;
    let pace = step * (1 + cylinders[cylinder]!.late + late);
    for (let i = from; i < to; i++) {
      turns += pace;
      level *= decay;
      if (turns >= 1) {
        turns -= 1;
        cylinder = cylinder + 1 === cylinders.length ? 0 : cylinder + 1;
        level = cylinders[cylinder]!.level * (1 + 1.6 * shape.roughness * a[i]!);
        late = 0.25 * shape.roughness * a[i - 1 < from ? i : i - 1]!;
        pace = step * (1 + cylinders[cylinder]!.late + late);
      }
      puffs[i] = level;
      pulses[i] = level * (1 + a[i]! * turbulence) - 0.2;
    }
    phase = turns;
    puff = level;
  };
  const echo = (from: number, to: number) => {
    let w = written;
    for (let i = from; i < to; i++, w++) {
      const y = exhaust[i]! - 0.35 * pipe[(w - 611) & 2047]!;
      pipe[w & 2047] = y;
      exhaust[i] = y;
    }
    written = w & 2047;
  };

  return (outLeft, outRight, from, to) => {
    const seconds = frames / SAMPLE_RATE;
    frames += to - from;
    const strokes = shape.isTwoStroke ? 60 : 120;
    const hertz = (shape.rpm(seconds) / strokes) * shape.cylinders * (1 + 0.012 * drift.advance(to - from));
    const load = shape.load(seconds);
    noises[0]!.fill(a, from, to);
    noises[1]!.fill(left, from, to);
    noises[2]!.fill(right, from, to);
    fire(from, to, hertz / SAMPLE_RATE, load);
    exhaust.fill(0, from, to);
    addScaled(exhaust, pulses, 0.25, from, to);
    resonances.forEach((resonance, i) =>
      resonance.addBandpass(pulses, exhaust, EXHAUST_GAIN[i] ?? 0.3, from, to),
    );
    echo(from, to);
    lowCut.highpass(exhaust, exhaust, from, to);
    saturate(exhaust, 0.5 + 0.6 * load, from, to);
    [left, right].forEach((side, k) => {
      for (let i = from; i < to; i++)
        side[i] = exhaust[i]! + side[i]! * shape.noise * (0.4 + puffs[i]! * 0.6);
      lowpass[k]!.lowpass(side, side, from, to);
    });
    addScaled(outLeft, left, 0.35, from, to);
    addScaled(outRight, right, 0.35, from, to);
    return true;
  };
}
