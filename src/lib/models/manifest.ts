import * as v from 'valibot';
import { WeightsError } from './weights-error.ts';

const PartSchema = v.object({
  /** Path in the repository, and below `/models/<id>/` on our own origin. */
  path: v.string(),
  /** Approximate size of the download. */
  megabytes: v.number(),
  /** Exact size and hexadecimal SHA-256 of the content; null when unknown. */
  bytes: v.nullable(v.number()),
  sha256: v.nullable(v.pipe(v.string(), v.hexadecimal(), v.length(64))),
});
/** One file of a model. */
export type ModelPart = v.InferOutput<typeof PartSchema>;

const FileSchema = v.object({
  ...PartSchema.entries,
  /** The devices that this variant runs best on. */
  devices: v.array(v.picklist(['webgpu-fp16', 'webgpu', 'wasm'])),
  /** Further graphs of this variant. */
  also: v.optional(v.array(PartSchema), []),
});

/** A model that the app can use: the location of its weights, and their licence. */
const ModelSchema = v.object({
  id: v.pipe(v.string(), v.regex(/^[a-z0-9-]+$/)),
  title: v.string(),
  task: v.picklist(['objects', 'features', 'description', 'scenes']),
  /** For the detectors that are offered first: how good they are beside each other. */
  tier: v.optional(v.picklist(['small', 'better', 'best'])),
  /** Its purpose, in a sentence for users. */
  about: v.string(),
  /** The page of its authors. */
  home: v.string(),
  /**
   * Location on the model hub; null for weights that have to be exported and hosted by oneself. A revision of null has
   * not been verified: then the hub's main branch is used, whatever it contains that day.
   */
  hub: v.nullable(v.object({ repository: v.string(), revision: v.nullable(v.string()) })),
  /** Whether the build of the app brings its weights: our own origin always has them. */
  isBuiltIn: v.optional(v.boolean(), false),
  files: v.pipe(v.array(FileSchema), v.minLength(1)),
  /** Files that every variant needs, such as a tokenizer. */
  shared: v.optional(v.array(PartSchema), []),
  licence: v.string(),
  /** What the licence means for the user, in a sentence. */
  licenceMeans: v.string(),
  /** Inputs and outputs of the graph, for those who export it themselves. */
  contract: v.string(),
  /** Side of the square input in pixels, if the graph leaves it open. */
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
/** The branch without a known revision. */
const MAIN_BRANCH = 'main';

let loaded: Promise<Manifest> | undefined;

/**
 * The manifest of this installation. It is read once, and without a network from the cache.
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

/** All files of a variant, its own path first. */
export function partsOf(model: Model, file: ModelFile): ModelPart[] {
  return [file, ...file.also, ...model.shared];
}

/** Approximate size of the whole download of a variant. */
export function megabytesOf(model: Model, file: ModelFile): number {
  return partsOf(model, file).reduce((sum, { megabytes }) => sum + megabytes, 0);
}

/** The name of a file in the weights folder. */
export function weightsName(model: Model, file: ModelPart): string {
  const version = model.hub ? [model.hub.revision ?? MAIN_BRANCH] : model.isBuiltIn ? [file.sha256] : [];
  return [model.id, ...version, file.path].join('~').replaceAll('/', '~');
}

/** The URL of a file on the hub; null when it isn't there. */
export function hubUrl(hub: string, model: Model, file: ModelPart): string | null {
  if (!model.hub) return null;
  const { repository, revision } = model.hub;
  return `${hub}/${repository}/resolve/${revision ?? MAIN_BRANCH}/${file.path}`;
}

/** The URL of the newest version of a pinned file on the hub; null for other URLs. */
export function newestUrl(url: string, { hub }: Model): string | null {
  const pinned = `/resolve/${hub?.revision}/`;
  return hub?.revision && url.includes(pinned) ? url.replace(pinned, `/resolve/${MAIN_BRANCH}/`) : null;
}

/** The URL of a file on our own origin, if it is hosted there. */
export function ownUrl(model: Model, file: ModelPart): string {
  return `/models/${model.id}/${file.path}`;
}
