import * as v from 'valibot';
import { WeightsError } from './weights-error.ts';

const PartSchema = v.object({
  /** Path inside the repository, and below `/models/<id>/` on our own origin. */
  path: v.string(),
  /** About how much is downloaded. */
  megabytes: v.number(),
  /** The exact size and the hex SHA-256 of the content, where they are known. */
  bytes: v.nullable(v.number()),
  sha256: v.nullable(v.pipe(v.string(), v.hexadecimal(), v.length(64))),
});
/** One file of a model. */
export type ModelPart = v.InferOutput<typeof PartSchema>;

const FileSchema = v.object({
  ...PartSchema.entries,
  /** What this variant runs best on. */
  devices: v.array(v.picklist(['webgpu-fp16', 'webgpu', 'wasm'])),
  /** Further graphs that this variant consists of. */
  also: v.optional(v.array(PartSchema), []),
});

/** A model that the app can use: where its weights lie, and what one may do with them. */
const ModelSchema = v.object({
  id: v.pipe(v.string(), v.regex(/^[a-z0-9-]+$/)),
  title: v.string(),
  task: v.picklist(['objects', 'features', 'description']),
  /** What it is for, in a sentence for users. */
  about: v.string(),
  /** Where its authors tell about it. */
  home: v.string(),
  /**
   * Where the model hub has it; null for weights that everybody exports and serves themselves. Without a revision
   * nobody has verified one: then it is whatever the hub's main branch has on that day.
   */
  hub: v.nullable(v.object({ repository: v.string(), revision: v.nullable(v.string()) })),
  files: v.pipe(v.array(FileSchema), v.minLength(1)),
  /** Files that every variant needs, such as a tokenizer. */
  shared: v.optional(v.array(PartSchema), []),
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
/** What the hub gives when no revision is known. */
const MAIN_BRANCH = 'main';

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

/** All files that a variant consists of, its own path first. */
export function partsOf(model: Model, file: ModelFile): ModelPart[] {
  return [file, ...file.also, ...model.shared];
}

/** About how much a variant is to download in all. */
export function megabytesOf(model: Model, file: ModelFile): number {
  return partsOf(model, file).reduce((sum, { megabytes }) => sum + megabytes, 0);
}

/** The name of a file in the store of weights on this device. */
export function weightsName(model: Model, file: ModelPart): string {
  const version = model.hub ? [model.hub.revision ?? MAIN_BRANCH] : [];
  return [model.id, ...version, file.path].join('~').replaceAll('/', '~');
}

/** Where the hub has a file; null when it doesn't. */
export function hubUrl(hub: string, model: Model, file: ModelPart): string | null {
  if (!model.hub) return null;
  const { repository, revision } = model.hub;
  return `${hub}/${repository}/resolve/${revision ?? MAIN_BRANCH}/${file.path}`;
}

/** Where our own origin has a file, if whoever runs it put it there. */
export function ownUrl(model: Model, file: ModelPart): string {
  return `/models/${model.id}/${file.path}`;
}
