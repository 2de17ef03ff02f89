import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { ManifestSchema, type Manifest } from '#lib/models/manifest.ts';
import { IS_PACKAGE, ROOT } from './root.ts';

/** What this app serves below `/models`: the manifest, and the weights that were put there. */
export const MODELS_FOLDER = join(ROOT, IS_PACKAGE ? 'build/models' : 'static/models');

/** The manifest of all models. */
export function readManifest(): Manifest {
  return v.parse(ManifestSchema, JSON.parse(readFileSync(join(MODELS_FOLDER, 'manifest.json'), 'utf8')));
}
