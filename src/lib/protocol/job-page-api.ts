import type { StepName } from '#lib/job/entry.ts';
import type { Job } from '#lib/job/job.ts';

/**
 * The interface of the page `/bench/job` for a program that drives it in a browser, such as the command line. The page
 * sets it as `globalThis.immersivaudio` when it is ready.
 */
export interface JobPageApi {
  /** The form field for the video or picture: the driver puts a file on disk into it, without reading it. */
  readonly fileInput: HTMLInputElement;
  /** Runs a job, with the file in the field if there is one. It never rejects: a failure is part of the answer. */
  run(request: JobPageRequest): Promise<JobPageAnswer>;
  /** Starts the download of a file of the last job, with its final name. */
  download(file: ResultFile): Promise<void>;
}

/** A file that a job makes. */
export type ResultFile = 'film' | 'mix' | 'music' | 'effects' | 'voice';

/** The job to run. */
export interface JobPageRequest {
  /**
   * A job document or a project of the app, of any schema: its entries are reused, with its options. Without one a new
   * document is made from the file.
   */
  document?: unknown;
  /** Changed options, by step, such as `{ "soundtrack": { "seed": 7 } }`. */
  options: unknown;
  /** The steps to run, with everything that they need. */
  steps: readonly StepName[];
  /** The files that will be downloaded. The answer may leave out others. */
  files: readonly ResultFile[];
}

/** The result of a job. */
export type JobPageAnswer =
  | {
      job: Job;
      /** The requested files that the job has made. */
      files: readonly ResultFile[];
    }
  | { failure: { name: string; message: string } };

/** The progress of the step that started last. */
export interface JobProgress {
  step: StepName;
  /** 0 … 1 */
  fraction: number;
}

declare global {
  /** Set by the page. */
  var immersivaudio: JobPageApi | undefined;
  /** Set by the driver: receives the progress. */
  var immersivaudioProgress: ((progress: JobProgress) => unknown) | undefined;
}
