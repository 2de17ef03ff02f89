import type { StepName } from '#lib/job/entry.ts';
import type { Job } from '#lib/job/job.ts';

/**
 * What the page `/bench/job` offers to a program that drives it in a browser, such as the command line. The page puts it
 * on `globalThis.immersivaudio` once it is ready.
 */
export interface JobPageApi {
  /** The form field for the video or picture: a driver puts a file of the disk into it, without reading it. */
  readonly fileInput: HTMLInputElement;
  /** Runs a job on the file in the field, where there is one. It never rejects: a failure is part of the answer. */
  run(request: JobPageRequest): Promise<JobPageAnswer>;
  /** Begins the download of a file that the last job made, under the name that it is to have. */
  download(file: ResultFile): Promise<void>;
}

/** A file that a job makes. */
export type ResultFile = 'film' | 'mix' | 'music' | 'effects';

/** What is to be run. */
export interface JobPageRequest {
  /**
   * A job document, or a project of the app, of any schema: what it has is not made again, and its options hold. Left
   * out, a new document begins with the file.
   */
  document?: unknown;
  /** Options that are to be changed, by step, such as `{ "soundtrack": { "seed": 7 } }`. */
  options: unknown;
  /** The steps to run; what they need runs with them. */
  steps: readonly StepName[];
  /** The files that will be downloaded. Others may be left out of the answer. */
  files: readonly ResultFile[];
}

/** What came of it. */
export type JobPageAnswer =
  | {
      job: Job;
      /** Those of the files asked for that the job has made. */
      files: readonly ResultFile[];
    }
  | { failure: { name: string; message: string } };

/** How far the step is that began last. */
export interface JobProgress {
  step: StepName;
  /** 0 … 1 */
  fraction: number;
}

declare global {
  /** Set by the page. */
  var immersivaudio: JobPageApi | undefined;
  /** Set by the driver: gets the progress. */
  var immersivaudioProgress: ((progress: JobProgress) => unknown) | undefined;
}
