import type { ProjectStore } from '#lib/projects/project-store.ts';
import { ifAlone, whileLocked } from './tab-lock.ts';

/** Frees the storage of deleted projects at the start of the page, unless another tab is open. */
export class CleanUp {
  readonly #store: ProjectStore;
  /** Settles when it is done. Blobs that no project names yet may be stored only then; null before it has begun. */
  done: Promise<unknown> | null = null;

  constructor(store: ProjectStore) {
    this.#store = store;
  }

  /** Called once. */
  async run(): Promise<void> {
    this.done = ifAlone(() => this.#store.purge()).catch(() => undefined);
    await this.done;
    // Held until the page is closed.
    await whileLocked(() => new Promise(() => undefined));
  }
}
