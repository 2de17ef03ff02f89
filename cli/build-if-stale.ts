import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { IS_PACKAGE, ROOT } from './root.ts';

/** What the built app is made of. */
const SOURCES = ['src', 'static', 'package-lock.json', 'svelte.config.js', 'vite.config.ts'];

/** Made of src/messages, and written anew by every test run: neither it nor its folder says that anything has changed. */
const MADE = /^lib$|^lib\/paraglide\b/;

/** The folder that holds the built app. */
export const BUILD_FOLDER = join(ROOT, 'build');

/** The app could not be built. */
export class BuildFailedError extends Error {
  override name = 'BuildFailedError';
}

/**
 * Builds the app, as `npm run build` does, unless the last build is younger than all of its sources. A package has it
 * built already.
 * @param tell Gets one line for people before it is built; what the builder says is shown only when it fails.
 * @param root The folder of the project.
 * @throws BuildFailedError
 */
export async function buildIfStale(
  tell: (line: string) => void = () => undefined,
  root: string = ROOT,
): Promise<void> {
  if (IS_PACKAGE) return;
  const newest = Math.max(...SOURCES.map((name) => newestUnder(join(root, name))));
  if (changedAt(join(root, 'build/app.html')) > newest) return;
  tell('Building the app … (about a minute, the first time and after each change of it)');
  await runNode(['node_modules/vite/bin/vite.js', 'build'], root);
  await runNode(['worker-server/compress-build.ts'], root);
}

async function runNode(args: string[], cwd: string): Promise<void> {
  const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let words = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data: Buffer) => (words += data.toString()));
  }
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new BuildFailedError(`The app could not be built.\n${words}`.trim());
}

function newestUnder(path: string): number {
  if (!statSync(path).isDirectory()) return changedAt(path);
  const entries = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter(
    (entry) => !MADE.test(entry),
  );
  return Math.max(changedAt(path), ...entries.map((entry) => changedAt(join(path, entry))));
}

/** Milliseconds since 1970, or 0 where there is nothing. */
function changedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
