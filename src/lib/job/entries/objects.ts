import * as v from 'valibot';
import { UnitSchema } from '../mood.ts';

/** Where something is in a frame: the top left corner and the size, 0 … 1 of the picture. */
const place = { x: UnitSchema, y: UnitSchema, width: UnitSchema, height: UnitSchema };

/** One found object. */
export const BoxSchema = v.object({ label: v.string(), score: UnitSchema, ...place });
export type Box = v.InferOutput<typeof BoxSchema>;

/** A kind of thing over the whole clip. */
export const LabelSchema = v.object({
  label: v.string(),
  /** In how many frames it was seen. */
  count: v.number(),
  /** The surest sight of it. */
  score: UnitSchema,
  firstSeconds: v.number(),
  lastSeconds: v.number(),
  /** Mean place of its boxes. */
  ...place,
});
export type Label = v.InferOutput<typeof LabelSchema>;

const words = v.optional(v.array(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(40))), []);

/** `objects`: what a detector sees in the frames. Without weights on the device the job goes on without labels. */
export const ObjectsOptionsSchema = v.object({
  /** The detector of the manifest to use; null looks for none. */
  model: v.optional(v.nullable(v.string()), null),
  device: v.optional(v.picklist(['auto', 'webgpu', 'wasm']), 'auto'),
  minScore: v.optional(v.pipe(v.number(), v.minValue(0.05), v.maxValue(0.95)), 0.25),
  /** Labels that the user took away, and words that the user added. */
  removed: words,
  added: words,
});
export type ObjectsOptions = v.InferOutput<typeof ObjectsOptionsSchema>;
export const ObjectsOutputSchema = v.object({
  /** The detector that ran, its head and its device; null when none did. */
  detector: v.nullable(v.object({ model: v.string(), head: v.string(), device: v.string() })),
  why: v.string(),
  frames: v.array(v.object({ atSeconds: v.number(), boxes: v.array(BoxSchema) })),
  /** Without those that the user removed, most frequent first. */
  labels: v.array(LabelSchema),
  /** The user's own wishes, for the steps that read this. */
  added: v.array(v.string()),
  removed: v.array(v.string()),
});
export type ObjectsOutput = v.InferOutput<typeof ObjectsOutputSchema>;
