import * as v from 'valibot';

/** The weights that were used: a model's name, its revision, and the licence of its results. */
export const WeightsSchema = v.object({ name: v.string(), revision: v.string(), licence: v.string() });

/** Who made the output of an entry. */
export const MakerSchema = v.object({
  where: v.picklist(['device', 'server', 'user']),
  /** Short name of a model, an engine or a program. */
  name: v.string(),
  /** Its display name. */
  title: v.string(),
  /** True for an engine that only stands in for a missing one. */
  isPreview: v.boolean(),
  weights: v.array(WeightsSchema),
});
export type Maker = v.InferOutput<typeof MakerSchema>;

/** A maker on this device; without a name the app itself. */
export function deviceMaker(name = 'immersivaudio', title = name, weights: Maker['weights'] = []): Maker {
  return { where: 'device', name, title, isPreview: false, weights };
}
