import * as v from 'valibot';
import { UnitSchema } from './mood.ts';

/** A kind of thing in the picture. */
const ThingSchema = v.object({
  /** The detector's label, in English. */
  label: v.string(),
  /** How many at a time: one, 2 … 4, or more. */
  count: v.picklist(['one', 'some', 'many']),
  certainty: UnitSchema,
  /** Whether it changes its place in the picture. */
  isMoving: v.boolean(),
  /** Whether it is seen to stay where it is. */
  isStanding: v.boolean(),
  /** Where it moves; null when it stands, turns or is one of many. */
  direction: v.nullable(v.picklist(['left', 'right', 'nearer', 'away'])),
  position: v.picklist(['left', 'middle', 'right']),
  /** Mean share of the picture that one of them covers. */
  size: UnitSchema,
});
export type Thing = v.InferOutput<typeof ThingSchema>;

const named = v.object({ name: v.string(), certainty: UnitSchema });
/** The name of something, and how certain it is, 0 … 1. */
export type Certain = v.InferOutput<typeof named>;

const statement = {
  /** The most telling first. */
  things: v.array(ThingSchema),
  /** What somebody does, by its name in the table of activities. */
  activity: v.nullable(named),
  /** Kinds of places by their names in the table of places, the most certain first. */
  places: v.array(named),
  /** Measured regions of the picture, the most certain first. */
  regions: v.array(named),
  light: v.nullable(v.picklist(['day', 'sunset', 'night'])),
  /** 0 indoors … 1 outdoors. */
  outdoor: UnitSchema,
  /** How much the picture changes; null for a picture. */
  pace: v.nullable(v.picklist(['still', 'calm', 'lively', 'fast'])),
  brightness: v.picklist(['dim', 'medium', 'bright']),
  /** Names of up to two main colours. */
  colours: v.array(v.string()),
};
const PartSchema = v.object({ startSeconds: v.number(), endSeconds: v.number(), ...statement });

/** What is in a picture, a film or a part of one, as far as it was detected or measured. */
export const FactsSchema = v.object({
  ...statement,
  /** Parts of a film that differ, in order of time; absent where there is only one. */
  parts: v.optional(v.array(PartSchema)),
});
export type Facts = v.InferOutput<typeof FactsSchema>;
export type FactsOfPart = v.InferOutput<typeof PartSchema>;
