import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { ResultFile } from '#lib/protocol/job-page-api.ts';
import { createApp } from '../worker-server/app.ts';
import { listen } from '../worker-server/listen.ts';
import { STDOUT, type CliRequest } from './arguments.ts';
import { BUILD_FOLDER, buildIfStale } from './build-if-stale.ts';
import { cliJobs, freePath, type CliJob, type OutputPaths } from './cli-jobs.ts';
import { findBrowser } from './find-browser.ts';
import { JobError, JobPage } from './job-page.ts';
import { ProgressLine } from './progress-line.ts';

const STEMS = ['music', 'effects', 'voice', 'mix'] as const satisfies ResultFile[];

/**
 * Runs the job of every file, one after the other; one that fails does not stop the next.
 * @returns How many failed.
 * @throws NoBrowserError, UsageError, BuildFailedError
 */
export async function runFiles(request: CliRequest): Promise<number> {
  const jobs = cliJobs(request);
  const browserPath = findBrowser();
  const isAnyReady = jobs.some((job) => !refusal(job, request));
  const server = isAnyReady ? await serveApp() : null;
  let failed = 0;
  for (const job of jobs) {
    const why = refusal(job, request) ?? (await runOne(server!.url, browserPath, job, request));
    if (!why) continue;
    console.error(`✗ ${job.title}: ${why}`);
    failed++;
  }
  await server?.close();
  if (jobs.length > 1) console.error(`${jobs.length - failed} done, ${failed} failed.`);
  return failed;
}

async function serveApp() {
  await buildIfStale();
  return listen(createApp({ buildFolder: BUILD_FOLDER }), { host: '127.0.0.1', port: 0 });
}

/** Why a job can't begin, or null. */
function refusal({ file }: CliJob, { from }: CliRequest): string | null {
  const why = file && fileRefusal(file);
  if (why || from === null) return why;
  const whyNot = fileRefusal(from);
  return whyNot && file ? `--from ${from}: ${whyNot}` : whyNot;
}

function fileRefusal(path: string): string | null {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return 'there is no such file.';
  if (!found.isFile()) return 'this is not a file.';
  return found.size === 0 ? 'this file is empty.' : null;
}

/** Null when all went well, else one sentence. */
async function runOne(
  appUrl: string,
  browserPath: string,
  { file, title, paths }: CliJob,
  request: CliRequest,
): Promise<string | null> {
  const line = new ProgressLine(process.stderr, basename(title));
  try {
    const document = request.from === null ? undefined : readDocument(request.from);
    await using page = await JobPage.open(appUrl, browserPath, (progress) => line.show(progress));
    const { only, options } = request;
    const { job, files } = await page.run(file, {
      ...(document !== undefined && { document }),
      options,
      steps: only ?? ['film'],
      files: only ? [] : ['film', ...(paths.stems === null ? [] : STEMS)],
    });
    const film = await saveFiles(page, files, paths);
    line.clear();
    writeResults(film, `${JSON.stringify(job, null, 2)}\n`, paths);
    return null;
  } catch (error) {
    line.clear();
    return error instanceof JobError ? error.message : `unexpected: ${(error as Error).message}`;
  }
}

function readDocument(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const { message } = error as Error;
    throw new JobError('JobDocumentError', `${path} is no job document, which is JSON: ${message}.`);
  }
}

/** @returns Where the film lies; null without one. */
async function saveFiles(
  page: JobPage,
  files: readonly ResultFile[],
  { film, filmFolder, stems }: OutputPaths,
): Promise<string | null> {
  let saved: string | null = null;
  for (const file of files) {
    if (file === 'film') saved = await page.save(file, (name) => film ?? freePath(join(filmFolder, name)));
    else await page.save(file, () => join(stems!, `${file}.wav`));
  }
  return saved;
}

/** Writes the document and names the film, or else the document, on the standard output, which a document may take. */
function writeResults(film: string | null, document: string, { json }: OutputPaths): void {
  if (json === STDOUT) {
    process.stdout.write(document);
    if (film) console.error(film);
    return;
  }
  if (json) {
    mkdirSync(dirname(json), { recursive: true });
    writeFileSync(json, document);
  }
  console.log(film ?? json);
}
