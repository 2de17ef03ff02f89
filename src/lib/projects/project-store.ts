import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { readOptions } from '#lib/job/entry.ts';
import { blobNames } from '#lib/job/job.ts';
import { readJob } from '#lib/job/migrate.ts';
import { sweepBlobs } from '#lib/worker/blob-store.ts';
import { copyProject, type Project } from './project.ts';

interface Schema extends DBSchema {
  projects: { key: string; value: Project; indexes: { updatedAt: string } };
}

/** The projects that this device keeps: documents in IndexedDB, their bytes in the blob store. */
export class ProjectStore {
  #opened: Promise<IDBPDatabase<Schema>> | null = null;

  /** Opened when it is first asked for: there is none while the page is prerendered. */
  get #database(): Promise<IDBPDatabase<Schema>> {
    return (this.#opened ??= openDB<Schema>('immersivaudio', 1, {
      upgrade(database) {
        database.createObjectStore('projects', { keyPath: 'id' }).createIndex('updatedAt', 'updatedAt');
      },
    }));
  }

  /** All projects that are not deleted, the latest first. */
  async list(): Promise<Project[]> {
    const all = await (await this.#database).getAllFromIndex('projects', 'updatedAt');
    return all.filter((project) => !project.deletedAt).reverse();
  }

  /** One project, its document and options brought up to date; undefined when there is none. */
  async load(id: string): Promise<Project | undefined> {
    const project = await (await this.#database).get('projects', id);
    return project && { ...project, options: readOptions(project.options), job: readJob(project.job) };
  }

  /** Keeps a project as it is now. */
  async save(project: Project): Promise<void> {
    await (await this.#database).put('projects', project);
  }

  /** Marks a project as deleted, or brings it back. Its bytes go at the next `purge`. */
  async setDeleted(id: string, isDeleted: boolean): Promise<void> {
    const project = await this.load(id);
    if (project) await this.save({ ...project, deletedAt: isDeleted ? new Date().toISOString() : null });
  }

  /** Gives a project another name. */
  async rename(id: string, title: string): Promise<void> {
    const project = await this.load(id);
    if (project) await this.save({ ...project, title, updatedAt: new Date().toISOString() });
  }

  /** Makes a copy with a life of its own; its bytes are shared with the first, so it costs next to nothing. */
  async duplicate(id: string, title: string): Promise<Project | undefined> {
    const project = await this.load(id);
    if (!project) return undefined;
    const copy = copyProject(project, title);
    await this.save(copy);
    return copy;
  }

  /** Forgets deleted projects and frees every blob that no project refers to; gives the bytes freed. */
  async purge(): Promise<number> {
    const database = await this.#database;
    const all = await database.getAll('projects');
    for (const project of all.filter((candidate) => candidate.deletedAt)) {
      await database.delete('projects', project.id);
    }
    const kept = all.filter((project) => !project.deletedAt);
    return sweepBlobs(new Set(kept.flatMap((project) => [...blobNames(project)])));
  }
}
