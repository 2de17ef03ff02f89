import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
/** What the built app is made of. */
const SOURCES = ['src', 'static', 'package-lock.json', 'svelte.config.js', 'vite.config.ts'];

/** The folder that holds the built app. */
export const BUILD_FOLDER = join(ROOT, 'build');

/** The app could not be built. */
export class BuildFailedError extends Error {
  override name = 'BuildFailedError';
}

/**
 * Builds the app, as `npm run build` does, unless the last build is younger than all of its sources.
 * @param output Whether the builder's own words are shown; when it fails they are part of the error anyway.
 * @throws BuildFailedError
 */
export async function buildIfStale(output: 'inherit' | 'quiet'): Promise<void> {
  if (changedAt(join(BUILD_FOLDER, 'app.html')) > Math.max(...SOURCES.map(newestUnder))) return;
  await runNode(['node_modules/vite/bin/vite.js', 'build'], output);
  await runNode(['worker-server/compress-build.ts'], output);
}

async function runNode(args: string[], output: 'inherit' | 'quiet'): Promise<void> {
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    stdio: output === 'inherit' ? 'inherit' : ['ignore', 'pipe', 'pipe'],
  });
  let words = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (data: Buffer) => (words += data.toString()));
  }
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new BuildFailedError(`The app could not be built.\n${words}`.trim());
}

function newestUnder(name: string): number {
  const path = join(ROOT, name);
  if (!statSync(path).isDirectory()) return changedAt(path);
  const entries = readdirSync(path, { recursive: true, encoding: 'utf8' });
  return Math.max(changedAt(path), ...entries.map((entry) => changedAt(join(path, entry))));
}

/** Milliseconds since 1970, or 0 where there is nothing. */
function changedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
