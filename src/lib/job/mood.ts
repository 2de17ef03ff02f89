import * as v from 'valibot';

const unit = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const signedUnit = v.pipe(v.number(), v.minValue(-1), v.maxValue(1));

/** A number from 0 to 1. */
export const UnitSchema = unit;

/** A number from -1 to 1. */
export const SignedUnitSchema = signedUnit;

/** A mood on Russell's circumplex: valence -1 (unpleasant) … 1 (pleasant), arousal -1 (calm) … 1 (excited). */
export const MoodSchema = v.object({ valence: signedUnit, arousal: signedUnit });
export type Mood = v.InferOutput<typeof MoodSchema>;
