import {
  loadManifest,
  partsOf,
  weightsName,
  type Model,
  type ModelFile,
  type ModelPart,
} from './manifest.ts';
import { ownModel } from './own-model.ts';
import { findWeights, listWeights } from './weights-folder.ts';

/** A model, and what of it is installed. */
export interface KnownModel {
  model: Model;
  /** Size of its installed weights; null when there are none. */
  bytes: number | null;
  /** Bytes of an unfinished download. */
  begunBytes: number;
}

/** A variant of a model that is completely installed. */
export interface InstalledModel {
  file: ModelFile;
  /** Its files, by their paths in the repository. */
  parts: ReadonlyMap<string, File>;
}

/** Every model of the manifest, then the user's own ones. */
export async function knownModels(): Promise<KnownModel[]> {
  const { models } = await loadManifest();
  const stored = await listWeights();
  const own = stored.map(({ name }) => ownModel(name)).filter((model) => model !== null);
  return [...models, ...own].map((model) => {
    const variants = model.files.map((file) => {
      const names = partsOf(model, file).map((part) => storedName(model, part));
      const here = stored.filter(({ name }) => names.includes(name));
      const isWhole = here.filter(({ isFinished }) => isFinished).length === names.length;
      return { isWhole, bytes: here.reduce((sum, { bytes }) => sum + bytes, 0) };
    });
    const whole = variants.find(({ isWhole }) => isWhole);
    const begunBytes = whole ? 0 : Math.max(...variants.map(({ bytes }) => bytes));
    const builtIn = model.isBuiltIn ? model.files[0]!.bytes : null;
    return { model, bytes: whole?.bytes ?? builtIn, begunBytes };
  });
}

/** A model of the manifest or of the user, by its id. */
export async function findModel(id: string): Promise<Model | null> {
  const own = ownModel(id);
  if (own) return own;
  const { models } = await loadManifest();
  return models.find((model) => model.id === id) ?? null;
}

/**
 * The installed variant of a model; null when none is complete.
 * @param preferred The best variant, in case several are installed.
 */
export async function installedModel(model: Model, preferred?: ModelFile): Promise<InstalledModel | null> {
  for (const file of preferred ? [preferred, ...model.files] : model.files) {
    const parts = new Map<string, File>();
    for (const part of partsOf(model, file)) {
      const found = await findWeights(storedName(model, part));
      if (!found) break;
      parts.set(part.path, found);
    }
    if (parts.size === partsOf(model, file).length) return { file, parts };
  }
  return null;
}

/** The installed weights of a model with a single file; null when there are none. */
export async function installedWeights(model: Model, preferred?: ModelFile): Promise<File | null> {
  const installed = await installedModel(model, preferred);
  return installed && installed.parts.get(installed.file.path)!;
}

/** The file name in the weights folder; a user's own weights have the name of the model. */
export function storedName(model: Model, file: ModelPart): string {
  return ownModel(model.id) ? model.id : weightsName(model, file);
}
