import type { Random } from '../dsp/random.ts';
import type { Source } from './sources/source.ts';

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

interface CommonDef {
  /** Unique and stored: the `recipe` of a layer or an event of a score. */
  name: string;
  family: Family;
  /** What is heard, in English: shown to people, also as a caption. */
  description: string;
  /** The reverb it is sent to: outdoors, or a room. */
  place: 'open' | 'room';
}

/** A continuous sound, such as rain. */
export interface AmbienceDef extends CommonDef {
  kind: 'ambience';
  /** Makes an endless source. @param intensity How strong the thing itself is (drizzle … downpour), 0 … 1. */
  create: (random: Random, intensity: number) => Source;
}

/** Parameters of one performance of a one-shot. */
export interface OneShotRequest {
  /** How strong the thing itself is, 0 … 1. */
  intensity: number;
  /** Wanted length in seconds; sounds of fixed length, such as a knock, ignore it. */
  seconds: number;
}

/** A sound that ends by itself, such as a bark. */
export interface OneShotDef extends CommonDef {
  kind: 'oneShot';
  /** Usual length in seconds. */
  seconds: number;
  create: (random: Random, request: OneShotRequest) => Source;
}

/** The definition of a sound that the engine can make. */
export type SoundDef = AmbienceDef | OneShotDef;
