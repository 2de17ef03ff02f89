import type { BlobName } from '#lib/job/blob-name.ts';
import type { EntryOf, StepName } from '#lib/job/entry.ts';
import { append, createJob, findEntry, type Job } from '#lib/job/job.ts';
import { JobDocumentError, readJob } from '#lib/job/migrate.ts';
import { defaultOptions, readOptions, type Options } from '#lib/job/options.ts';
import { changeOptions } from '#lib/pipeline/change-options.ts';
import { openSource, reopenSource } from '#lib/pipeline/open-source.ts';
import { runPipeline } from '#lib/pipeline/pipeline.ts';
import { planRun } from '#lib/pipeline/plan.ts';
import { newestOptions, resolveFilm } from '#lib/pipeline/resolve.ts';
import { STEPS } from '#lib/pipeline/steps.ts';
import type { JobPageRequest, JobProgress, ResultFile } from '#lib/protocol/job-page-api.ts';
import { hasBlob } from '#lib/worker/blob-store.ts';

/** A step has to read the source of the document, which was not given. */
class SourceNeededError extends Error {
  override name = 'SourceNeededError';
}

/** A finished file in the blob store, with its final name. */
export interface Result {
  file: ResultFile;
  blob: BlobName;
  name: string;
}

const MADE_BY: Record<ResultFile, StepName> = {
  film: 'film',
  mix: 'mix',
  music: 'assemble',
  effects: 'assemble',
  voice: 'assemble',
};

/**
 * Runs steps on a file, on an existing document, or on both, without a project.
 * @returns The document with the new entries, and the requested files that were made.
 * @throws SourceNeededError, OtherSourceError, JobDocumentError, TypeError (an invalid option), and the errors of
 * steps.
 */
export async function runJob(
  file: File | null,
  { document, options: changes, steps, files }: JobPageRequest,
  signal: AbortSignal,
  onProgress: (progress: JobProgress) => void,
): Promise<{ job: Job; results: Result[] }> {
  if (!file && document === undefined)
    throw new TypeError('A video, a picture or a job document was wanted; there is none of them.');
  const begun = document === undefined ? beginning() : await readDocument(document);
  const options = changeOptions(begun.options, changes);
  const sourceContext = {
    signal,
    onProgress: (fraction: number) => onProgress({ step: 'source', fraction }),
  };
  let { job } = begun;
  const source = findEntry(job, 'source');
  if (file && source) await reopenSource(file, source.output, sourceContext);
  else if (file) job = append(job, await openSource(file, sourceContext));
  const blobsOf = files.map((name) => MADE_BY[name]);
  if (source) await needSource(source, job, options, steps, blobsOf);
  const running = new Map<StepName, number>();
  const report = () => {
    const latest = [...running].at(-1);
    if (latest) onProgress({ step: latest[0], fraction: latest[1] });
  };
  const after = await runPipeline(
    STEPS,
    job,
    options,
    steps,
    signal,
    {
      onProgress: (step, fraction) => {
        running.set(step, fraction);
        report();
      },
      onEntry: ({ step }) => {
        running.delete(step);
        report();
      },
    },
    blobsOf,
  );
  return { job: after, results: await resultsOf(after, options, files) };
}

function beginning(): { job: Job; options: Options } {
  return { job: createJob(), options: defaultOptions() };
}

/** A job document with the options of its newest entries, or a project's with those of the project. */
async function readDocument(data: unknown): Promise<{ job: Job; options: Options }> {
  const project = data as { job?: unknown; options?: unknown } | null;
  const job = await readJob(project?.job ?? data);
  if (!findEntry(job, 'source'))
    throw new JobDocumentError('This job document does not say which file it was made from.');
  return { job, options: project?.job ? readOptions(project.options) : newestOptions(job) };
}

/** Reports at once, and not after the first steps, that the file is missing. */
async function needSource(
  { output }: EntryOf<'source'>,
  job: Job,
  options: Options,
  steps: readonly StepName[],
  blobsOf: readonly StepName[],
): Promise<void> {
  if (await hasBlob(output.blob)) return;
  const { readSource } = await planRun(STEPS, job, options, steps, blobsOf);
  if (readSource.length === 0) return;
  throw new SourceNeededError(
    `“${output.name}” is needed too, the file that the document was made from: ${readSource.join(', ')} must read it.`,
  );
}

async function resultsOf(job: Job, options: Options, files: readonly ResultFile[]): Promise<Result[]> {
  const { film, mix, assemble } = await resolveFilm(STEPS, job, options);
  const { music, effects, voice } = assemble?.output ?? {};
  const all: Record<ResultFile, { blob?: BlobName | undefined; name: string }> = {
    film: { blob: film?.output.blob, name: film?.output.fileName ?? '' },
    mix: { blob: mix?.output.stem.blob, name: 'mix.wav' },
    music: { blob: music?.blob, name: 'music.wav' },
    effects: { blob: effects?.blob, name: 'effects.wav' },
    voice: { blob: voice?.blob, name: 'voice.wav' },
  };
  const results = files.map(async (file) => {
    const { blob, name } = all[file];
    return blob && (await hasBlob(blob)) ? [{ file, blob, name }] : [];
  });
  return (await Promise.all(results)).flat();
}
