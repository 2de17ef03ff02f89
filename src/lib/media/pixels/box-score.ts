/** A box from side to side is often a guess: below this score it counts less. */
const SURE_OF_WHOLE = 0.8;
const WEIGHT_OF_WHOLE = 0.55;
/** People often fill the picture. */
const WEIGHT_OF_WHOLE_PERSON = 0.85;

/** A box as parts of the picture, with the label and the score that a detector gave it. */
interface ScoredBox {
  label: string;
  score: number;
  width: number;
  height: number;
}

/** The score of a box, less where it covers nearly the whole picture and is not sure, 0 … 1. */
export function boxScore({ label, score, width, height }: ScoredBox): number {
  const isWhole = Math.max(width, height) > 0.93 && width * height > 0.6;
  if (!isWhole || score >= SURE_OF_WHOLE) return score;
  return score * (label === 'person' ? WEIGHT_OF_WHOLE_PERSON : WEIGHT_OF_WHOLE);
}
