import { findEntry } from '#lib/job/job.ts';
import { reopenSource } from '#lib/pipeline/open-source.ts';
import type { Project } from '#lib/projects/project.ts';
import { hasBlob } from '#lib/worker/blob-store.ts';
import type { Run } from './run.svelte.ts';

/** The file that the open project was made from: the browser may have cleared it away. */
export class SourceFile {
  isMissing = $state(false);

  readonly #project: () => Project | null;
  readonly #run: Run;

  /** @param project Returns the open project. */
  constructor(project: () => Project | null, run: Run) {
    this.#project = project;
    this.#run = run;
  }

  /** Checks whether it is still stored. */
  async check(): Promise<boolean> {
    const project = this.#project();
    const source = project && findEntry(project.job, 'source')?.output;
    const isThere = !source || (await hasBlob(source.blob));
    if (this.#project()?.id !== project?.id) return true;
    this.isMissing = !isThere;
    // Trying again can't help; the dialog for the missing file is shown instead of the failure.
    if (!isThere) this.#run.failure = null;
    return isThere;
  }

  /**
   * Stores the file again, if it is the same byte for byte. Errors go to the run's `failure`. @returns Whether it is
   * there.
   */
  async restore(file: File): Promise<boolean> {
    const project = this.#project();
    const wanted = project && findEntry(project.job, 'source')?.output;
    if (!wanted) return false;
    const isSame = await this.#run.start('source', async (signal) => {
      const onProgress = (fraction: number) => this.#run.note('source', { fraction });
      await reopenSource(file, wanted, { signal, onProgress });
      this.#run.note('source', { is: 'done' });
    });
    if (!isSame || this.#project()?.id !== project.id) return false;
    this.isMissing = false;
    return true;
  }
}
