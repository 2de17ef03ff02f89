import type { Model } from './manifest.ts';

/** Weights that the user brought are kept under this prefix and the file's name. */
const PREFIX = 'own~';

/** The name in the store of weights for a file of the user. */
export function ownWeightsName(fileName: string): string {
  return PREFIX + fileName.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-');
}

/** A model that the user brought, told like those of the manifest; null for other weights. */
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
    files: [{ path: title, megabytes: 0, bytes: null, sha256: null, devices: ['webgpu', 'wasm'], also: [] }],
    shared: [],
    licence: 'Your own',
    licenceMeans: 'What you may do with it is between you and its makers.',
    contract: '',
    inputPixels: 640,
  };
}
