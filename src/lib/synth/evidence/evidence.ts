import { clamp, exp, log } from '../dsp/maths.ts';

/*
 * How much a thing that a detector reports deserves to be heard: certainty × size × time in sight.
 *
 * Certainty. The score of one look becomes a probability by a logistic curve (Platt scaling, Platt 1999) through 0.5 at a
 * score of 0.5: detectors are about calibrated there, and overconfident in what they report below. Looks are not
 * independent, since a detector that errs in one picture errs in the next, similar one: of every look after the best
 * only the share 1 - ρ counts (the design effect of correlated samples, Kish 1965, with ρ = 0.7), combined by noisy-or
 * (Pearl 1988). A thing that only one of several looks saw has its odds divided by 4: false alarms come alone, things
 * stay.
 *
 * Size. A thing that fills a share of the picture's width is as far away as the inverse of that share, and sound
 * pressure falls with the inverse of the distance: 20·log10 of the side length, relative to a thing of a third of the
 * picture.
 *
 * Time. What is in sight for less than two seconds is heard as a detail: 10·log10 of the time, as the energy that it
 * would have given. Expected energy is also why doubt is quieter: 10·log10 of the certainty.
 */

/** Score at which a look is as likely right as wrong, and the width of the curve around it. */
const EVEN_SCORE = 0.5;
const SCORE_WIDTH = 0.08;
/** Correlation between the looks at one thing. */
const LOOK_CORRELATION = 0.7;
/** By this much the odds of a thing fall that a single one of several looks saw. */
const SINGLE_LOOK_ODDS = 1 / 4;
/** With fewer looks, being seen once says nothing. */
const MANY_LOOKS = 4;
/** Side length of a thing at the usual level, as a share of the picture. */
const USUAL_SIDE = 0.35;
const FULL_SECONDS = 2;
/** Below these, nothing is heard. */
const LEAST_CERTAINTY = 0.5;
const LEAST_DB = -20;

/** What is known about one thing. */
export interface Sighting {
  /** Scores of the looks that saw it, 0 … 1. */
  scores: readonly number[];
  /** Number of looks at the film, or at its scene. */
  looks: number;
  /** Mean area as a share of the picture, 0 … 1. */
  area: number;
  /** How long it is in sight. */
  seconds: number;
  /** Highest score of another label in the same place; 0 for none. */
  rivalScore?: number;
}

/** What follows for its sound. */
export interface Evidence {
  /** Probability that it is there, 0 … 1. */
  certainty: number;
  /** Level relative to the usual one of its sound, dB, at most 3. */
  levelDb: number;
  isHeard: boolean;
}

/** Probability that one look with this score is right. */
export function certaintyOfLook(score: number): number {
  return 1 / (1 + exp(-(score - EVEN_SCORE) / SCORE_WIDTH));
}

/** Weighs a sighting. */
export function weigh(sighting: Sighting): Evidence {
  const certainty = certaintyOf(sighting);
  const levelDb = clamp(
    decibels(certainty, 10) +
      decibels(Math.sqrt(sighting.area) / USUAL_SIDE, 20) +
      decibels(Math.min(1, sighting.seconds / FULL_SECONDS), 10),
    -60,
    3,
  );
  return { certainty, levelDb, isHeard: certainty >= LEAST_CERTAINTY && levelDb >= LEAST_DB };
}

function certaintyOf({ scores, looks, rivalScore = 0 }: Sighting): number {
  if (scores.length === 0) return 0;
  const sorted = scores.map(certaintyOfLook).sort((a, b) => b - a);
  let doubt = 1 - sorted[0]!;
  for (const certainty of sorted.slice(1)) doubt *= 1 - certainty * (1 - LOOK_CORRELATION);
  let odds = (1 - doubt) / Math.max(1e-9, doubt);
  if (scores.length === 1 && looks >= MANY_LOOKS) odds *= SINGLE_LOOK_ODDS;
  const certainty = odds / (1 + odds);
  const best = Math.max(...scores);
  return rivalScore > 0 ? (certainty * best) / (best + rivalScore) : certainty;
}

/** The sum of the power of several levels, dB; -60 for none. */
export function sumOfLevels(levelsDb: readonly number[]): number {
  return decibels(
    levelsDb.reduce((sum, level) => sum + exp((level * Math.LN10) / 10), 0),
    10,
  );
}

function decibels(ratio: number, factor: number): number {
  return (factor * log(Math.max(1e-6, ratio))) / Math.LN10;
}
