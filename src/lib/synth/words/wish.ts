/** A sound that somebody or something asked for, before it is known whether it fits in. */
export interface Wish {
  recipe: string;
  /** The word or label that asked. */
  because: string;
  /** How much it is wanted, 0 … 1. */
  weight: number;
  gainDb: number;
  /** 0 … 1, or null when nothing was said. */
  intensity: number | null;
  /** 0 … 1, or null when nothing was said. */
  distance: number | null;
}
