import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';

const ManifestSchema = v.object({ hub: v.pipe(v.string(), v.url()) });

/** Hosts that a hub redirects downloads to, which the policy must allow too. */
const REDIRECT_HOSTS: Record<string, readonly string[]> = {
  'https://huggingface.co': ['https://*.huggingface.co', 'https://*.hf.co'],
};

/** The CSP sources (`'sha256-…'`) of all inline scripts in the HTML pages of a folder, without duplicates. */
export function inlineScriptHashes(folder: string): string[] {
  const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.html'),
  );
  const scripts = pages.flatMap((page) =>
    Array.from(
      readFileSync(join(folder, page), 'utf8').matchAll(/<script>([^]*?)<\/script>/g),
      (match) => match[1]!,
    ),
  );
  return [
    ...new Set(scripts.map((script) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`)),
  ];
}

/**
 * The CSP sources from which the app may fetch weights, according to the model manifest of the build. Empty without a
 * manifest: the app can then fetch from its own origin only.
 */
export function modelHubOrigins(buildFolder: string): string[] {
  const path = join(buildFolder, 'models/manifest.json');
  if (!existsSync(path)) return [];
  const { hub } = v.parse(ManifestSchema, JSON.parse(readFileSync(path, 'utf8')));
  const { origin } = new URL(hub);
  return [origin, ...(REDIRECT_HOSTS[origin] ?? [])];
}
