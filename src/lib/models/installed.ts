import { loadManifest, weightsName, type Model, type ModelFile } from './manifest.ts';
import { ownModel } from './own-model.ts';
import { findWeights, listWeights } from './weights-folder.ts';

/** A model and what of it is on this device. */
export interface KnownModel {
  model: Model;
  /** Bytes of its weights here; null when there are none. */
  bytes: number | null;
  /** Bytes of a download that was begun. */
  begunBytes: number;
}

/** Every model of the manifest, then those that the user brought. */
export async function knownModels(): Promise<KnownModel[]> {
  const { models } = await loadManifest();
  const stored = await listWeights();
  const own = stored.map(({ name }) => ownModel(name)).filter((model) => model !== null);
  return [...models, ...own].map((model) => {
    const names = model.files.map((file) => storedName(model, file));
    const mine = stored.filter(({ name }) => names.includes(name));
    return {
      model,
      bytes: mine.find(({ isFinished }) => isFinished)?.bytes ?? null,
      begunBytes: mine.find(({ isFinished }) => !isFinished)?.bytes ?? 0,
    };
  });
}

/** A model of the manifest or of the user by its id. */
export async function findModel(id: string): Promise<Model | null> {
  const own = ownModel(id);
  if (own) return own;
  const { models } = await loadManifest();
  return models.find((model) => model.id === id) ?? null;
}

/**
 * The weights of a model on this device, whichever variant is here; null when none is.
 * @param preferred The variant that suits best, if several are here.
 */
export async function installedWeights(model: Model, preferred?: ModelFile): Promise<File | null> {
  for (const file of preferred ? [preferred, ...model.files] : model.files) {
    const weights = await findWeights(storedName(model, file));
    if (weights) return weights;
  }
  return null;
}

/** Weights that the user brought are stored under the model's own name. */
export function storedName(model: Model, file: ModelFile): string {
  return ownModel(model.id) ? model.id : weightsName(model, file);
}
