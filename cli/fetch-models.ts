import { join } from 'node:path';
import {
  hubUrl,
  newestUrl,
  partsOf,
  type Manifest,
  type Model,
  type ModelFile,
  type ModelPart,
} from '#lib/models/manifest.ts';
import { fetchFile, NotThereError } from './fetch-file.ts';
import { MODELS_FOLDER, readManifest } from './models-folder.ts';

/** How models are fetched. */
export interface FetchModels {
  /** Gets each line for people. */
  tell: (line: string) => void;
  /** Only the variant for this device; without it all. */
  device?: ModelFile['devices'][number];
  manifest?: Manifest;
  /** Where they go, each in a folder with the name of its id. */
  folder?: string;
}

/**
 * Fetches weights from the hub for our own origin to serve; what is there is checked and not fetched again.
 * @param names Ids of models, or tiers of detectors such as "better".
 * @throws TypeError for an unknown name; Error in one sentence when weights can't be had or are not the promised ones.
 */
export async function fetchModels(names: readonly string[], options: FetchModels): Promise<void> {
  const { tell, device, manifest = readManifest(), folder = MODELS_FOLDER } = options;
  for (const model of modelsNamed(names, manifest)) {
    tell(`${model.title}. Licence ${model.licence}: ${model.licenceMeans}`);
    if (model.isBuiltIn) {
      tell('  It comes with the app: npm run detector writes it.');
      continue;
    }
    if (!model.hub) {
      const target = join('static/models', model.id, model.files[0]!.path);
      tell(`  Nobody hosts it. Export it after ${model.home} and put it at ${target}.\n  ${model.contract}`);
      continue;
    }
    const files = model.files.filter(({ devices }) => !device || devices.includes(device));
    if (files.length === 0) throw new TypeError(`${model.title} has no variant for "${device}".`);
    const parts = new Map(files.flatMap((file) => partsOf(model, file)).map((part) => [part.path, part]));
    for (const part of parts.values()) {
      const url = hubUrl(manifest.hub, model, part)!;
      tell(await fetchPart(model, part, url, join(folder, model.id, part.path)));
    }
  }
}

/**
 * Fetches one file. One without a checksum that the hub no longer has in the pinned revision is taken from the newest;
 * with a checksum the app would refuse that.
 * @returns What became of it, in a line.
 */
async function fetchPart(model: Model, part: ModelPart, url: string, target: string): Promise<string> {
  const newest = part.sha256 === null ? newestUrl(url, model) : null;
  let revision = '';
  const { state, digest, size } = await fetchFile(url, target, part).catch((error: unknown) => {
    if (!(error instanceof NotThereError) || newest === null) throw error;
    revision = ', the newest, since the hub has the pinned one no more';
    return fetchFile(newest, target, part);
  });
  const checked = part.sha256
    ? 'checksum as promised'
    : `no checksum is known; this one has sha256 ${digest}`;
  return `  ${state} ${model.id}/${part.path}, ${(size / 1e6).toFixed(1)} MB${revision}, ${checked}`;
}

function modelsNamed(names: readonly string[], { models }: Manifest): Model[] {
  const isNamed = ({ id, tier }: Model, name: string) => id === name || tier === name;
  const unknown = names.find((name) => !models.some((model) => isNamed(model, name)));
  if (unknown !== undefined) {
    const known = [...models.flatMap(({ tier }) => tier ?? []), ...models.map(({ id }) => id)];
    throw new TypeError(`There is no model "${unknown}"; there are ${known.join(', ')}.`);
  }
  return models.filter((model) => names.some((name) => isNamed(model, name)));
}
