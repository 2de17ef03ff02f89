import * as v from 'valibot';
import { WeightsError } from './weights-error.ts';

const FileSchema = v.object({
  /** Path inside the repository, and below `/models/<id>/` on our own origin. */
  path: v.string(),
  /** About how much is downloaded. */
  megabytes: v.number(),
  /** The exact size and the hex SHA-256 of the content, where they are known. */
  bytes: v.nullable(v.number()),
  sha256: v.nullable(v.pipe(v.string(), v.hexadecimal(), v.length(64))),
  /** What this variant runs best on. */
  devices: v.array(v.picklist(['webgpu-fp16', 'webgpu', 'wasm'])),
});

/** A model that the app can use: where its weights lie, and what one may do with them. */
const ModelSchema = v.object({
  id: v.pipe(v.string(), v.regex(/^[a-z0-9-]+$/)),
  title: v.string(),
  task: v.picklist(['objects', 'features']),
  /** What it is for, in a sentence for users. */
  about: v.string(),
  /** Where its authors tell about it. */
  home: v.string(),
  /** Where the model hub has it; null for weights that everybody exports and serves themselves. */
  hub: v.nullable(v.object({ repository: v.string(), revision: v.string() })),
  files: v.pipe(v.array(FileSchema), v.minLength(1)),
  licence: v.string(),
  /** What the licence means for the user, in a sentence. */
  licenceMeans: v.string(),
  /** What goes into the graph and what comes out, for those who export it themselves. */
  contract: v.string(),
  /** Side of the square input in pixels where the graph leaves it open. */
  inputPixels: v.number(),
});
export type Model = v.InferOutput<typeof ModelSchema>;
export type ModelFile = Model['files'][number];

/** `static/models/manifest.json`: all models, and the address of the hub. */
export const ManifestSchema = v.object({
  schema: v.literal(1),
  hub: v.string(),
  models: v.array(ModelSchema),
});
export type Manifest = v.InferOutput<typeof ManifestSchema>;

const ADDRESS = '/models/manifest.json';
const CACHE = 'models-manifest';

let loaded: Promise<Manifest> | undefined;

/**
 * The manifest of this installation; read once, and without a network as it was the last time.
 * @throws WeightsError when it can't be read.
 */
export function loadManifest(): Promise<Manifest> {
  loaded ??= readManifest().catch(() => {
    loaded = undefined;
    throw new WeightsError('The list of models could not be read. Is there a network?');
  });
  return loaded;
}

async function readManifest(): Promise<Manifest> {
  const cache = await caches.open(CACHE);
  const answer = await fetch(ADDRESS).catch(() => undefined);
  if (answer?.ok) await cache.put(ADDRESS, answer.clone());
  const known = answer?.ok ? answer : await cache.match(ADDRESS);
  return v.parse(ManifestSchema, await known!.json());
}

/** The name of a variant in the store of weights on this device. */
export function weightsName(model: Model, file: ModelFile): string {
  const version = model.hub ? [model.hub.revision] : [];
  return [model.id, ...version, file.path].join('~').replaceAll('/', '~');
}

/** Where the hub has a variant; null when it doesn't. */
export function hubUrl(hub: string, model: Model, file: ModelFile): string | null {
  return model.hub && `${hub}/${model.hub.repository}/resolve/${model.hub.revision}/${file.path}`;
}

/** Where our own origin has a variant, if whoever runs it put it there. */
export function ownUrl(model: Model, file: ModelFile): string {
  return `/models/${model.id}/${file.path}`;
}
