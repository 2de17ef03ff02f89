import * as v from 'valibot';

/** Weights that an engine runs, as its users must be told. */
export const WeightsSchema = v.object({
  name: v.string(),
  /** The commit of the model's repository. */
  revision: v.string(),
  /** SPDX identifier, such as `CC-BY-NC-SA-4.0`. */
  licence: v.string(),
});
export type Weights = v.InferOutput<typeof WeightsSchema>;

/** What a server tells about one of its engines. */
export const EngineAboutSchema = v.object({
  name: v.string(),
  /** For people, such as `AudioLDM2`. */
  title: v.string(),
  /** True for the engine that only stands in where there is no GPU. */
  isPreview: v.boolean(),
  canGenerate: v.boolean(),
  canDescribe: v.boolean(),
  /** `starting` while weights are fetched and loaded; `failed` with the reason in `detail`. */
  state: v.picklist(['starting', 'ready', 'failed']),
  detail: v.optional(v.string()),
  /** Share of the start that is done, 0 … 1, while `starting`. */
  startedFraction: v.optional(v.number()),
  /** Hz of what it generates. */
  sampleRate: v.number(),
  channels: v.number(),
  weights: v.array(WeightsSchema),
});
export type EngineAbout = v.InferOutput<typeof EngineAboutSchema>;
