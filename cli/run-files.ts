import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { createApp } from '../worker-server/app.ts';
import { listen } from '../worker-server/listen.ts';
import { outputPaths, type OutputPaths } from './output-paths.ts';
import { BUILD_FOLDER, buildIfStale } from './build-if-stale.ts';
import type { Wishes } from './arguments.ts';
import { findBrowser } from './find-browser.ts';
import { JobError, JobPage } from './job-page.ts';
import { ProgressLine } from './progress-line.ts';

/**
 * Makes the film of every file, one after the other; a file that fails does not stop the next.
 * @returns How many failed.
 * @throws NoBrowserError, UsageError, BuildFailedError
 */
export async function runFiles(wishes: Wishes): Promise<number> {
  const paths = outputPaths(wishes);
  const browserPath = findBrowser();
  const isAnyThere = wishes.files.some((file) => !refusal(file));
  const server = isAnyThere ? await serveApp() : null;
  let failed = 0;
  for (const [index, file] of wishes.files.entries()) {
    const why = refusal(file) ?? (await runFile(server!.url, browserPath, file, wishes, paths[index]!));
    if (!why) continue;
    console.error(`✗ ${file}: ${why}`);
    failed++;
  }
  await server?.close();
  if (wishes.files.length > 1) console.error(`${wishes.files.length - failed} done, ${failed} failed.`);
  return failed;
}

async function serveApp() {
  await buildIfStale();
  return listen(createApp({ buildFolder: BUILD_FOLDER }), { host: '127.0.0.1', port: 0 });
}

/** Why a path can't be a source, or null. */
function refusal(file: string): string | null {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found) return 'there is no such file.';
  if (!found.isFile()) return 'this is not a file.';
  return found.size === 0 ? 'this file is empty.' : null;
}

/** Null when all went well, else one sentence. */
async function runFile(
  appUrl: string,
  browserPath: string,
  file: string,
  wishes: Wishes,
  paths: OutputPaths,
): Promise<string | null> {
  const line = new ProgressLine(process.stderr, basename(file));
  try {
    await using page = await JobPage.open(appUrl, browserPath);
    const film = await page.run(file, wishes.options, paths, (progress) => line.show(progress));
    line.clear();
    console.log(film);
    return null;
  } catch (error) {
    line.clear();
    return error instanceof JobError ? error.message : `unexpected: ${(error as Error).message}`;
  }
}
