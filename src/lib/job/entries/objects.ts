import * as v from 'valibot';
import { BlobNameSchema } from '../blob-name.ts';
import { UnitSchema } from '../mood.ts';

/** Position in the frame: top left corner and size, 0 … 1. */
const place = { x: UnitSchema, y: UnitSchema, width: UnitSchema, height: UnitSchema };

/** One detected object. */
export const BoxSchema = v.object({
  label: v.string(),
  score: UnitSchema,
  ...place,
  /** What else the detector took it for; absent where it had hardly a doubt, or did not say. */
  rival: v.optional(v.object({ label: v.string(), score: UnitSchema })),
});
export type Box = v.InferOutput<typeof BoxSchema>;

/** A kind of object over the whole clip. */
export const LabelSchema = v.object({
  label: v.string(),
  /** Number of frames with it. */
  count: v.number(),
  /** Highest score of its boxes. */
  score: UnitSchema,
  firstSeconds: v.number(),
  lastSeconds: v.number(),
  /** Mean position of its boxes. */
  ...place,
});
export type Label = v.InferOutput<typeof LabelSchema>;

const words = v.optional(v.array(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(40))), []);

/** The id of the detector that comes with the app. */
export const BUILT_IN_DETECTOR = 'coco-ssd';

/** `objects`: what a detector finds in the frames. Without installed weights the entry has no labels. */
export const ObjectsOptionsSchema = v.object({
  /** The detector, by its id in the manifest; null uses none. */
  model: v.optional(v.nullable(v.string()), BUILT_IN_DETECTOR),
  device: v.optional(v.picklist(['auto', 'webgpu', 'wasm']), 'auto'),
  minScore: v.optional(v.pipe(v.number(), v.minValue(0.05), v.maxValue(0.95)), 0.25),
  /** Labels that the user removed, and words that the user added. */
  removed: words,
  added: words,
});
export type ObjectsOptions = v.InferOutput<typeof ObjectsOptionsSchema>;
export const ObjectsOutputSchema = v.object({
  /** The detector that was used, its head and its device; null for none. */
  detector: v.nullable(v.object({ model: v.string(), head: v.string(), device: v.string() })),
  why: v.string(),
  /** The name of the error that `why` tells of; absent when nothing went wrong. */
  error: v.optional(v.string()),
  frames: v.array(v.object({ atSeconds: v.number(), boxes: v.array(BoxSchema) })),
  /** Without the labels that the user removed, most frequent first. */
  labels: v.array(LabelSchema),
  /** The user's own words, for the steps that read this entry. */
  added: v.array(v.string()),
  removed: v.array(v.string()),
  /**
   * A point for each frame in a space in which frames that look alike lie near each other: float32, all of one length,
   * one after the other. Absent when the detector gives none.
   */
  latents: v.optional(BlobNameSchema),
});
export type ObjectsOutput = v.InferOutput<typeof ObjectsOutputSchema>;
