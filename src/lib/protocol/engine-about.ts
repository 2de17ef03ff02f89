import * as v from 'valibot';

/** Weights that an engine uses, for its users to know. */
export const WeightsSchema = v.object({
  name: v.string(),
  /** The commit of the model's repository. */
  revision: v.string(),
  /** SPDX identifier, such as `CC-BY-NC-SA-4.0`. */
  licence: v.string(),
});
export type Weights = v.InferOutput<typeof WeightsSchema>;

/** One of a server's engines. */
export const EngineAboutSchema = v.object({
  name: v.string(),
  /** Display name, such as `AudioLDM2`. */
  title: v.string(),
  /** True for the engine that stands in where there is no GPU. */
  isPreview: v.boolean(),
  canGenerate: v.boolean(),
  canDescribe: v.boolean(),
  /** `starting` while weights are downloaded and loaded; `failed` with the reason in `detail`. */
  state: v.picklist(['starting', 'ready', 'failed']),
  detail: v.optional(v.string()),
  /** Progress of the start, 0 … 1, while `starting`. */
  startedFraction: v.optional(v.number()),
  /** Sample rate of its sound, Hz. */
  sampleRate: v.number(),
  channels: v.number(),
  /** Maximum number of segments of one sound; absent when it takes one prompt for the whole. */
  maxSegments: v.optional(v.number()),
  weights: v.array(WeightsSchema),
});
export type EngineAbout = v.InferOutput<typeof EngineAboutSchema>;
