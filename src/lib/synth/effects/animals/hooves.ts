import type { Random } from '../../dsp/random.ts';
import { modesOf, RATIOS } from '../sources/bodies.ts';
import { foley } from '../sources/foley.ts';
import { sequence, type Source } from '../sources/source.ts';
import type { AmbienceDef } from '../sound-def.ts';

/** The beats of a gait inside one stride, 0 … 1. */
const GAITS = {
  walk: { beats: [0, 0.25, 0.5, 0.75], strideSeconds: 1.1 },
  trot: { beats: [0, 0.5], strideSeconds: 0.66 },
  gallop: { beats: [0, 0.16, 0.32], strideSeconds: 0.52 },
};

/** A horse walking (four beats), trotting (two) or galloping (three), by intensity. */
export const hooves: AmbienceDef = {
  name: 'hooves',
  kind: 'ambience',
  family: 'motion',
  description: 'the hooves of a horse',
  place: 'open',
  create: (random, intensity) => {
    const { beats, strideSeconds } =
      intensity < 0.35 ? GAITS.walk : intensity < 0.7 ? GAITS.trot : GAITS.gallop;
    return sequence(
      random.fork('beats'),
      (r, index) => {
        const k = index % beats.length;
        const next = beats[k + 1] ?? 1;
        const gap = index === 0 ? 0.1 : (next - beats[k]!) * strideSeconds;
        return gap * r.between(0.95, 1.05);
      },
      (r, index) => hoof(r, index % beats.length === 0 ? 1 : 0.8, 0.3 + 0.7 * intensity),
    );
  },
};

function hoof(random: Random, accent: number, force: number): Source {
  const level = accent * random.between(0.8, 1.1);
  const hertz = random.between(420, 620);
  return foley(
    random,
    [
      { at: 0, filter: 'bandpass', hertz: 900, quality: 0.7, gain: 0.8 * level, attack: 0.002, decay: 0.014 },
      { at: 0, filter: 'lowpass', hertz: 160, gain: 0.5 * level * force, attack: 0.002, decay: 0.03 },
      { at: 0.012, filter: 'bandpass', hertz: 2800, gain: 0.35 * level, decay: 0.035, grain: 0.7 },
    ],
    [{ at: 0, modes: modesOf(random, RATIOS.wood, hertz, 0.025, 0.6), gain: 0.2 * level }],
    random.between(-0.12, 0.12),
  );
}
