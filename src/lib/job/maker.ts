import * as v from 'valibot';

/** Weights that something was made with: a model's name, its revision, and the licence that its results come under. */
export const WeightsSchema = v.object({ name: v.string(), revision: v.string(), licence: v.string() });

/** Who made what an entry holds. */
export const MakerSchema = v.object({
  where: v.picklist(['device', 'server', 'user']),
  /** A model, an engine or a program, by its own short name. */
  name: v.string(),
  /** Its name for people. */
  title: v.string(),
  /** True for an engine that only stands in where the real one is missing. */
  isPreview: v.boolean(),
  weights: v.array(WeightsSchema),
});
export type Maker = v.InferOutput<typeof MakerSchema>;

/** A maker on this device; without a name it is the app itself. */
export function deviceMaker(name = 'immersivaudio', title = name, weights: Maker['weights'] = []): Maker {
  return { where: 'device', name, title, isPreview: false, weights };
}
