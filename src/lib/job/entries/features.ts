import * as v from 'valibot';
import { MoodSchema, UnitSchema } from '../mood.ts';

/** Likelihood of each region in the picture. Documents of older versions have the first four only. */
const RegionsSchema = v.object({
  sky: UnitSchema,
  sea: UnitSchema,
  /** Also in autumn. */
  vegetation: UnitSchema,
  fire: UnitSchema,
  /** Snow on the ground. */
  snow: v.optional(UnitSchema),
  /** A sky at sunset or sunrise. */
  sunset: v.optional(UnitSchema),
  /** Night outdoors. */
  night: v.optional(UnitSchema),
  /** Lamps and lit windows at night. */
  lights: v.optional(UnitSchema),
  /** Water that flows or ripples, found by its motion, and */
  water: v.optional(UnitSchema),
  /** falling rain. */
  rain: v.optional(UnitSchema),
});
export type Regions = v.InferOutput<typeof RegionsSchema>;

/** Features of one frame, all 0 … 1 unless stated otherwise. */
export const FrameFeaturesSchema = v.object({
  atSeconds: v.number(),
  brightness: UnitSchema,
  contrast: UnitSchema,
  saturation: UnitSchema,
  /** -1 cold … 1 warm. */
  warmth: v.number(),
  colourfulness: UnitSchema,
  edgeDensity: UnitSchema,
  /** Dominant colours as `#rrggbb`, most frequent first. */
  palette: v.array(v.object({ colour: v.string(), share: UnitSchema })),
  regions: RegionsSchema,
  /** How likely it was drawn by a program, as a title is; absent in older documents. */
  drawn: v.optional(UnitSchema),
  /** Change since the previous frame; 0 for the first. */
  motion: UnitSchema,
  cutLikelihood: UnitSchema,
});
export type FrameFeatures = v.InferOutput<typeof FrameFeaturesSchema>;

/** `features`: features of the frames, and the mood and place that they suggest. Needs no model. */
export const FeaturesOptionsSchema = v.object({});
export const FeaturesOutputSchema = v.object({
  frames: v.array(FrameFeaturesSchema),
  mood: MoodSchema,
  /** 0 night … 1 day. */
  day: UnitSchema,
  /** 0 indoors … 1 outdoors. */
  outdoor: UnitSchema,
  regions: RegionsSchema,
  cuts: v.array(v.object({ atSeconds: v.number(), weight: UnitSchema })),
  /** The mood of each scene that has frames; absent in older documents. */
  scenes: v.optional(v.array(v.object({ id: v.string(), mood: MoodSchema }))),
});
export type FeaturesOutput = v.InferOutput<typeof FeaturesOutputSchema>;
