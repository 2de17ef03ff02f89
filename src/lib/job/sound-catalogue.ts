import type { Part } from './score.ts';

/** A sound that can be added to a score. */
export interface CatalogueSound {
  recipe: string;
  /** A layer is continuous, an event sounds once. */
  kind: 'layer' | 'event';
  family: string;
  /** Search words in English, German and Italian. */
  words: string;
  /** Usual length of an event; 0 for a layer. */
  seconds: number;
}

/** Everything that the synthesiser can play, by the names that a score uses. */
export interface SoundCatalogue {
  styles: string[];
  /** The seats of each style: a part plays in sections of this intensity. */
  seats: Record<string, { from: number; to: number }[]>;
  /** The instruments for each role. */
  instruments: Record<Part['role'], string[]>;
  sounds: CatalogueSound[];
}
