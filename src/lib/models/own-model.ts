import type { Model } from './manifest.ts';

/** Prefix of the names of a user's own weights. */
const PREFIX = 'own~';

/** The name of a user's file in the weights folder. */
export function ownWeightsName(fileName: string): string {
  return PREFIX + fileName.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-');
}

/** A user's own model, described like those of the manifest; null for other weights. */
export function ownModel(weightsName: string): Model | null {
  if (!weightsName.startsWith(PREFIX)) return null;
  const title = weightsName.slice(PREFIX.length);
  return {
    id: weightsName,
    title,
    task: 'objects',
    about: 'A detector that you brought yourself.',
    home: '',
    hub: null,
    isBuiltIn: false,
    files: [{ path: title, megabytes: 0, bytes: null, sha256: null, devices: ['webgpu', 'wasm'], also: [] }],
    shared: [],
    licence: 'Your own',
    licenceMeans: 'What you may do with it is between you and its makers.',
    contract: '',
    inputPixels: 640,
  };
}
