import type { QueueParts } from './queue-parts.ts';
import { isDiskFull } from './disk-full.ts';

/** Takes away what is too old or too much. */
export class Sweeper {
  readonly #parts: Pick<QueueParts, 'folder' | 'runs' | 'jobs' | 'limits' | 'onFault'>;

  constructor(parts: Pick<QueueParts, 'folder' | 'runs' | 'jobs' | 'limits' | 'onFault'>) {
    this.#parts = parts;
  }

  /** Files that belong to no run: a server may have died between a file and its row. */
  clearStrays(): void {
    const { folder, runs } = this.#parts;
    const kept = (['queued', 'running', 'done'] as const).flatMap((status) => runs.withStatus(status));
    folder.keepOnlySound(new Set(kept.map(({ id }) => id)));
    this.clearStills();
  }

  /** Pictures are kept only until they are answered. */
  clearStills(): void {
    this.#parts.folder.keepOnlyStills(this.#parts.runs.stills());
  }

  /** Removes jobs past their time, then the sound that was asked for the longest ago, until the rest is small enough. */
  sweep(now = Date.now()): void {
    const { runs, jobs, limits } = this.#parts;
    jobs.removeEnded(now - limits.keptMs);
    for (const id of runs.forgotten(now - limits.keptMs)) this.#remove(id);
    const keeping = runs.keepingSound();
    let bytes = keeping.reduce((sum, run) => sum + run.bytes, 0);
    // The newest is what somebody waits for just now.
    for (const run of keeping.slice(0, -1)) {
      if (bytes <= limits.keptBytes) return;
      this.#remove(run.id);
      bytes -= run.bytes;
    }
  }

  /** After a run: what is not needed any more goes. A full disk is no reason to stop. */
  sweepQuietly(): void {
    try {
      this.clearStills();
      this.sweep();
    } catch (error) {
      if (!isDiskFull(error)) this.#parts.onFault(error);
    }
  }

  /** Gives up the sound that was asked for the longest ago; false when there is none. */
  makeRoom(): boolean {
    const oldest = this.#parts.runs.keepingSound()[0];
    if (oldest) this.#remove(oldest.id);
    return oldest !== undefined;
  }

  #remove(run: number): void {
    // The file first: its room may be needed for the row's removal.
    this.#parts.folder.removeSound(run);
    this.#parts.runs.remove(run);
  }
}
