import type { Part } from './score.ts';

/** A sound that can be added to a score. */
export interface CatalogueSound {
  recipe: string;
  /** A layer sounds on and on, an event once. */
  kind: 'layer' | 'event';
  family: string;
  /** Words in English, German and Italian that find it. */
  words: string;
  /** How long an event usually lasts; 0 for a layer. */
  seconds: number;
}

/** What an engine can play: what a score may name. */
export interface SoundCatalogue {
  styles: string[];
  /** For each style its seats: a part plays in sections that are as full as this. */
  seats: Record<string, { from: number; to: number }[]>;
  /** Instruments by the roles that they suit. */
  instruments: Record<Part['role'], string[]>;
  sounds: CatalogueSound[];
}
