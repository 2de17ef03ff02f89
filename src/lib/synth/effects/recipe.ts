import type { Random } from '../dsp/random.ts';
import type { Source } from './parts/source.ts';

/** Ambiences of one family mask each other, so a plan takes at most one of each. */
export type Family =
  | 'weather'
  | 'air'
  | 'water'
  | 'fire'
  | 'nature'
  | 'animals'
  | 'people'
  | 'city'
  | 'machines'
  | 'home'
  | 'work'
  | 'motion'
  | 'space';

interface Details {
  name: string;
  family: Family;
  /** What is heard, for people to read and for captions. */
  describe: string;
  /** Which reverberation it stands in: outdoors, or between walls. */
  place: 'open' | 'room';
}

/** A continuous ambience. `create` makes an endless source; `intensity` 0 … 1 is how strong the thing itself is. */
export interface AmbienceDef extends Details {
  kind: 'ambience';
  create: (random: Random, intensity: number) => Source;
}

/** With what a one-shot is created. */
export interface OneShotRequest {
  intensity: number;
  /** How long it should last, for sounds of variable length (a car passing); a knock ignores it. */
  seconds: number;
}

/** A sound that ends by itself. */
export interface OneShotDef extends Details {
  kind: 'oneShot';
  /** How long it usually lasts. */
  seconds: number;
  create: (random: Random, request: OneShotRequest) => Source;
}

/** A sound the engine can make. */
export type Recipe = AmbienceDef | OneShotDef;
