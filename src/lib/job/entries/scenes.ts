import * as v from 'valibot';
import { BlobNameSchema } from '../blob-name.ts';
import { UnitSchema } from '../mood.ts';
import { MotionOnsetSchema } from '../score.ts';

const seconds = v.pipe(v.number(), v.minValue(0));
const times = v.optional(v.array(seconds), []);

/** `scenes`: the boundaries between shots, and the scenes that they divide the film into. Times count from its beginning. */
export const ScenesOptionsSchema = v.object({
  /**
   * `auto` finds hard cuts and gradual transitions by rules, `network` by a neural network, which has to be installed;
   * `off` finds nothing, so that only the user's boundaries count.
   */
  detector: v.optional(
    v.picklist(['auto', 'content', 'adaptive', 'self-similarity', 'network', 'off']),
    'auto',
  ),
  /** Where the network runs. */
  device: v.optional(v.picklist(['auto', 'webgpu', 'wasm']), 'auto'),
  sensitivity: v.optional(UnitSchema, 0.5),
  /** Length of the shortest scene. */
  leastSeconds: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(600)), 2),
  /** The user's boundaries, and those that the user has removed. */
  added: times,
  removed: times,
});
export type ScenesOptions = v.InferOutput<typeof ScenesOptionsSchema>;

export const BoundarySchema = v.object({
  /** When the first picture of the new shot is shown; for a gradual transition, its middle. */
  atSeconds: seconds,
  kind: v.picklist(['cut', 'soft', 'user']),
  /** How certain and how strong it is. */
  weight: UnitSchema,
  /** Length of the transition; 0 for a cut. */
  overSeconds: seconds,
});
export type Boundary = v.InferOutput<typeof BoundarySchema>;

export const SceneSchema = v.object({
  /** Made from its start, so that it keeps its name when other boundaries move. */
  id: v.string(),
  startSeconds: seconds,
  endSeconds: seconds,
  /** The first scene before that looks alike, as in an interview; null for none. */
  like: v.nullable(v.string()),
});
export type Scene = v.InferOutput<typeof SceneSchema>;

export const ScenesOutputSchema = v.object({
  /** All of them, also those within scenes that would otherwise be too short. */
  boundaries: v.array(BoundarySchema),
  /** They cover the film without gaps. */
  scenes: v.pipe(v.array(SceneSchema), v.minLength(1)),
  /** The moments of strongest action, at most 1,000. */
  onsets: v.array(MotionOnsetSchema),
  /** Only where the network was asked for: what found the boundaries, and why. */
  readBy: v.optional(v.picklist(['network', 'auto'])),
  why: v.optional(v.string()),
  /** The name of the error that kept the network from it. */
  error: v.optional(v.string()),
  /** What the network said about every picture, in the layout of `packCutScores`. */
  scores: v.optional(BlobNameSchema),
});
export type ScenesOutput = v.InferOutput<typeof ScenesOutputSchema>;
