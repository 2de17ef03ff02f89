import type { DataFolder } from './data-folder.ts';
import { isDiskFull } from './disk-full.ts';
import type { QueueLimits } from './queue-limits.ts';
import type { JobTable } from './store/job-table.ts';
import type { RunTable } from './store/run-table.ts';

interface Dependencies {
  folder: DataFolder;
  runs: RunTable;
  jobs: JobTable;
  limits: QueueLimits;
  onUnexpectedError: (error: unknown) => void;
}

/** Deletes jobs, sound and stills that are no longer kept. */
export class Retention {
  readonly #deps: Dependencies;

  constructor(deps: Dependencies) {
    this.#deps = deps;
  }

  /** Deletes files without a run, which a crash between writing a file and its row leaves behind. */
  removeOrphans(): void {
    const { folder, runs } = this.#deps;
    const kept = (['queued', 'running', 'done'] as const).flatMap((status) => runs.withStatus(status));
    folder.retainSound(new Set(kept.map(({ id }) => id)));
    this.#removeStills();
  }

  /** Deletes ended jobs that have expired, then the least recently used sound until the rest fits into the cache. */
  apply(now = Date.now()): void {
    const { runs, jobs, limits } = this.#deps;
    jobs.removeEnded(now - limits.retentionMs);
    for (const id of runs.unused(now - limits.retentionMs)) this.#remove(id);
    const cached = runs.withSound();
    let bytes = cached.reduce((sum, run) => sum + run.bytes, 0);
    // The newest is kept whatever its size: its client is about to download it.
    for (const run of cached.slice(0, -1)) {
      if (bytes <= limits.cacheBytes) return;
      this.#remove(run.id);
      bytes -= run.bytes;
    }
  }

  /** Deletes unneeded stills and applies the limits. Never throws: a full disk must not stop the caller. */
  applyQuietly(): void {
    try {
      this.#removeStills();
      this.apply();
    } catch (error) {
      if (!isDiskFull(error)) this.#deps.onUnexpectedError(error);
    }
  }

  /** Deletes the least recently used sound, to free space; false when there is none. */
  evictOldest(): boolean {
    const oldest = this.#deps.runs.withSound()[0];
    if (oldest) this.#remove(oldest.id);
    return oldest !== undefined;
  }

  /** Stills are kept only until they are described. */
  #removeStills(): void {
    this.#deps.folder.retainStills(this.#deps.runs.neededStills());
  }

  #remove(run: number): void {
    // The file first: on a full disk its space may be needed to delete the row.
    this.#deps.folder.removeSound(run);
    this.#deps.runs.remove(run);
  }
}
