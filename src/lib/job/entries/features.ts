import * as v from 'valibot';
import { MoodSchema, UnitSchema } from '../mood.ts';

/** What was measured on one frame, all 0 … 1 unless said. */
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
  /** Likelihood that the picture has such a region. */
  regions: v.object({ sky: UnitSchema, sea: UnitSchema, vegetation: UnitSchema, fire: UnitSchema }),
  /** Change since the frame before; 0 for the first. */
  motion: UnitSchema,
  cutLikelihood: UnitSchema,
});
export type FrameFeatures = v.InferOutput<typeof FrameFeaturesSchema>;

/** `features`: what was measured on the frames, and what that says about mood and place. No model. */
export const FeaturesOptionsSchema = v.object({});
export const FeaturesOutputSchema = v.object({
  frames: v.array(FrameFeaturesSchema),
  mood: MoodSchema,
  /** 0 night … 1 day. */
  day: UnitSchema,
  /** 0 indoors … 1 outdoors. */
  outdoor: UnitSchema,
  regions: v.object({ sky: UnitSchema, sea: UnitSchema, vegetation: UnitSchema, fire: UnitSchema }),
  cuts: v.array(v.object({ atSeconds: v.number(), weight: UnitSchema })),
});
export type FeaturesOutput = v.InferOutput<typeof FeaturesOutputSchema>;
