import { keepBlobs } from '#lib/projects/keep-blobs.ts';
import { exportProject, PROJECT_FILE_TYPE, readProjectFile } from '#lib/projects/project-file.ts';
import type { Project, ProjectSummary } from '#lib/projects/project.ts';
import { projectSizes } from '#lib/projects/project-sizes.ts';
import type { ProjectStore } from '#lib/projects/project-store.ts';
import { isAbort, toFailure, type Failure } from './failure.ts';
import { whileLocked } from './tab-lock.ts';

export type { ProjectSummary } from '#lib/projects/project.ts';

/** The storage of this device, as far as the browser reports it. */
export interface StorageEstimate {
  usedBytes: number;
  leftBytes: number;
  /** Whether the browser has promised not to clear it when storage runs low. */
  isPersisted: boolean;
}

/** The projects of this device, and the storage that they take. Methods refresh what they change. */
export class Library {
  /** The latest first; null until they are loaded. */
  projects: readonly ProjectSummary[] | null = $state.raw(null);
  /** Bytes of each project, by its id. */
  sizes: ReadonlyMap<string, number> = $state.raw(new Map());
  /** null when the browser doesn't report it. */
  storage: StorageEstimate | null = $state.raw(null);
  /** The project file that is being imported. */
  importing: { name: string; fraction: number } | null = $state.raw(null);
  failure: Failure | null = $state.raw(null);

  #store: ProjectStore;
  #import: AbortController | null = null;

  constructor(store: ProjectStore) {
    this.#store = store;
  }

  /** Loads the list of projects and the storage. */
  async refresh(): Promise<void> {
    try {
      this.projects = await this.#store.list();
      this.sizes = await projectSizes(this.projects);
      await this.measure();
    } catch (error) {
      this.projects ??= [];
      this.failure = toFailure(error);
    }
  }

  /** Measures the storage of this device, without the projects. */
  async measure(): Promise<void> {
    const { usage, quota } = await navigator.storage
      .estimate()
      .catch((): { usage?: number; quota?: number } => ({}));
    const isPersisted = (await navigator.storage.persisted?.()) ?? false;
    this.storage =
      usage === undefined || quota === undefined
        ? null
        : { usedBytes: usage, leftBytes: Math.max(0, quota - usage), isPersisted };
  }

  /** Renames a project; an empty title changes nothing. */
  async rename(id: string, title: string): Promise<void> {
    const name = title.trim();
    if (name) await this.#change(() => this.#store.rename(id, name));
  }

  /** Makes a copy of a project with another title. */
  async duplicate(id: string, title: string): Promise<void> {
    await this.#change(() => this.#store.duplicate(id, title));
  }

  /** Deletes a project. It can be restored until the app starts the next time and frees its storage. */
  async remove(id: string): Promise<void> {
    await this.#change(() => this.#store.setDeleted(id, true));
  }

  /** Deletes every project; returns their ids, with which they can be restored. */
  async removeAll(): Promise<string[]> {
    const ids = (await this.#store.list()).map(({ id }) => id);
    await this.#change(() => this.#setDeleted(ids, true));
    return ids;
  }

  /** Restores deleted projects. */
  async restore(ids: readonly string[]): Promise<void> {
    await this.#change(() => this.#setDeleted(ids, false));
  }

  /** A project with all its bytes as one file; null when that fails (see `failure`). Takes no memory. */
  async exportFile(id: string, fileName: string): Promise<File | null> {
    try {
      const checkout = await this.#store.load(id);
      return checkout ? await this.exportOpen(checkout.project, fileName) : null;
    } catch (error) {
      this.failure = toFailure(error);
      return null;
    }
  }

  /** The same for a project as it is in this tab, which may not be stored. */
  async exportOpen(project: Project, fileName: string): Promise<File | null> {
    try {
      return new File([await exportProject(project)], fileName, { type: PROJECT_FILE_TYPE });
    } catch (error) {
      this.failure = toFailure(error);
      return null;
    }
  }

  /** The stored rows of a damaged project as JSON; null when that fails (see `failure`). */
  async exportRaw(id: string, fileName: string): Promise<File | null> {
    try {
      return new File([await this.#store.exportRaw(id)], fileName, { type: 'application/json' });
    } catch (error) {
      this.failure = toFailure(error);
      return null;
    }
  }

  /** Imports a project file; returns the new project, or null when that fails (see `failure`) or is cancelled. */
  async importFile(file: File): Promise<Project | null> {
    this.#import?.abort();
    const run = new AbortController();
    this.#import = run;
    this.failure = null;
    const report = (fraction: number) => {
      if (this.#import === run) this.importing = { name: file.name, fraction };
    };
    report(0);
    try {
      const { project, blobs } = await readProjectFile(file);
      return await whileLocked(async () => {
        await keepBlobs(blobs, run.signal, report);
        const now = { ...project, updatedAt: new Date().toISOString() };
        await this.#store.add(now);
        return now;
      });
    } catch (error) {
      if (!isAbort(error)) this.failure = toFailure(error);
      return null;
    } finally {
      if (this.#import === run) {
        this.#import = null;
        this.importing = null;
      }
      await this.refresh();
    }
  }

  /** Cancels the import of a project file. */
  cancelImport(): void {
    this.#import?.abort(new DOMException('Cancelled.', 'AbortError'));
  }

  /** Asks the browser to keep everything even when storage runs low; it may refuse. */
  async persist(): Promise<void> {
    await this.#change(() => navigator.storage.persist());
  }

  /** Refreshes the list when other tabs change it; returns a function that stops it. */
  watch(): () => void {
    return this.#store.onChange(() => {
      if (this.projects && !document.hidden) void this.refresh();
    });
  }

  /** Dismisses the last failure. */
  dismiss(): void {
    this.failure = null;
  }

  async #setDeleted(ids: readonly string[], isDeleted: boolean): Promise<void> {
    for (const id of ids) await this.#store.setDeleted(id, isDeleted);
  }

  async #change(work: () => Promise<unknown>): Promise<void> {
    this.failure = null;
    try {
      await work();
    } catch (error) {
      this.failure = toFailure(error);
    }
    await this.refresh();
  }
}
