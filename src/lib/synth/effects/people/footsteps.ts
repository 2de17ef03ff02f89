import type { Random } from '../../dsp/random.ts';
import { modesOf, RATIOS } from '../sources/bodies.ts';
import { foley } from '../sources/foley.ts';
import { sequence, type Source } from '../sources/source.ts';
import type { AmbienceDef } from '../sound-def.ts';

/** Parameters of a ground. */
interface Ground {
  /** The thump of the heel. */
  bodyHertz: number;
  bodyGain: number;
  /** The texture under the sole. */
  textureHertz: number;
  textureSeconds: number;
  textureGain: number;
  grain: number;
  /** Resonance of wooden boards; 0 for none. */
  boardHertz: number;
  place: 'open' | 'room';
}

const GROUNDS = {
  footsteps: ground(230, 0.6, 1300, 0.03, 0.6, 0.3, 0, 'open'),
  'footsteps-wood': ground(190, 0.6, 600, 0.03, 0.8, 0.2, 240, 'room'),
  'footsteps-grass': ground(140, 0.2, 3600, 0.08, 0.9, 0.6, 0, 'open'),
  'footsteps-snow': ground(180, 0.2, 2600, 0.09, 0.7, 0.95, 0, 'open'),
  'footsteps-gravel': ground(190, 0.25, 3200, 0.07, 0.9, 0.9, 0, 'open'),
};

const DESCRIPTIONS: Record<keyof typeof GROUNDS, string> = {
  footsteps: 'footsteps on stone',
  'footsteps-wood': 'footsteps on wood',
  'footsteps-grass': 'footsteps in grass',
  'footsteps-snow': 'footsteps in snow',
  'footsteps-gravel': 'footsteps on gravel',
};

/** Somebody walking, on five grounds. Intensity goes from strolling to running. */
export const footsteps: readonly AmbienceDef[] = (Object.keys(GROUNDS) as (keyof typeof GROUNDS)[]).map(
  (name) => ({
    name,
    kind: 'ambience',
    family: 'motion',
    description: DESCRIPTIONS[name],
    place: GROUNDS[name].place,
    create: (random, intensity) => {
      const pause = 0.68 - 0.32 * intensity;
      return sequence(
        random.fork('steps'),
        (r, index) => (index === 0 ? 0.1 : pause * r.between(0.96, 1.04)),
        (r, index) => step(r, GROUNDS[name], index % 2 === 0 ? -0.08 : 0.08, 0.6 + 0.4 * intensity),
      );
    },
  }),
);

/** Heel, then toe. */
function step(random: Random, on: Ground, pan: number, force: number): Source {
  const toe = random.between(0.07, 0.12);
  const heelLevel = random.between(0.8, 1) * force;
  const toeLevel = random.between(0.35, 0.6) * force;
  const texture = {
    filter: 'bandpass',
    hertz: on.textureHertz * random.between(0.85, 1.15),
    decay: on.textureSeconds,
    grain: on.grain,
  } as const;
  const body = { filter: 'lowpass', hertz: on.bodyHertz * random.between(0.9, 1.1), quality: 0.7 } as const;
  return foley(
    random,
    [
      { ...body, at: 0, gain: on.bodyGain * heelLevel, attack: 0.004, decay: 0.022 },
      { ...texture, at: 0, gain: on.textureGain * heelLevel * 0.5, attack: 0.006 },
      { ...body, at: toe, gain: on.bodyGain * toeLevel * 0.4, attack: 0.002, decay: 0.02 },
      { ...texture, at: toe, gain: on.textureGain * toeLevel, attack: 0.014 },
    ],
    on.boardHertz > 0
      ? [{ at: 0, modes: modesOf(random, RATIOS.wood, on.boardHertz, 0.12, 0.4), gain: 0.08 * heelLevel }]
      : [],
    pan,
  );
}

function ground(
  bodyHertz: number,
  bodyGain: number,
  textureHertz: number,
  textureSeconds: number,
  textureGain: number,
  grain: number,
  boardHertz: number,
  place: 'open' | 'room',
): Ground {
  return { bodyHertz, bodyGain, textureHertz, textureSeconds, textureGain, grain, boardHertz, place };
}
