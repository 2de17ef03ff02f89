import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';

const ManifestSchema = v.object({ hub: v.pipe(v.string(), v.url()) });

/** Where hubs send downloads on to: a policy must name these hosts too. */
const DELIVERS_FROM: Record<string, readonly string[]> = {
  'https://huggingface.co': ['https://*.huggingface.co', 'https://*.hf.co'],
};

/**
 * The origins that a built app may fetch weights from, by the model manifest that it ships.
 * Empty when it ships none; it can then fetch from its own origin only.
 */
export function modelHubOrigins(buildFolder: string): string[] {
  const path = join(buildFolder, 'models/manifest.json');
  if (!existsSync(path)) return [];
  const { hub } = v.parse(ManifestSchema, JSON.parse(readFileSync(path, 'utf8')));
  const { origin } = new URL(hub);
  return [origin, ...(DELIVERS_FROM[origin] ?? [])];
}
