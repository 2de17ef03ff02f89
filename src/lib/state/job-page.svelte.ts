import type {
  JobPageAnswer,
  JobPageApi,
  JobPageRequest,
  JobProgress,
  ResultFile,
} from '#lib/protocol/job-page-api.ts';
import { BlobUrls } from './blob-urls.ts';
import { toFailure } from './failure.ts';
import { runJob, type Result } from './run-job.ts';

/** The page that runs whole jobs or single steps, by hand or for a program that drives it. */
export class JobPage implements JobPageApi {
  /** Bound by the component. */
  fileInput: HTMLInputElement = $state.raw()!;
  progress: JobProgress | null = $state.raw(null);
  /** The result of the last job; null before the first one and while one is running. */
  answer: JobPageAnswer | null = $state.raw(null);
  isRunning = $state(false);
  /** Files of the last job. */
  results: readonly Result[] = $state.raw([]);

  readonly #urls = new BlobUrls();

  async run(request: JobPageRequest): Promise<JobPageAnswer> {
    [this.isRunning, this.answer, this.progress, this.results] = [true, null, null, []];
    try {
      const file = this.fileInput.files?.[0] ?? null;
      const { signal } = new AbortController();
      const { job, results } = await runJob(file, request, signal, (progress) => {
        this.progress = progress;
        globalThis.immersivaudioProgress?.(progress);
      });
      this.results = results;
      this.answer = { job, files: results.map(({ file: name }) => name) };
    } catch (error) {
      this.answer = { failure: toFailure(error) };
    }
    this.isRunning = false;
    return this.answer;
  }

  async download(file: ResultFile): Promise<void> {
    const result = this.results.find((each) => each.file === file);
    if (!result) throw new TypeError(`The last job made no file "${file}".`);
    const href = await this.#urls.of(result.blob);
    Object.assign(document.createElement('a'), { href, download: result.name }).click();
  }
}
