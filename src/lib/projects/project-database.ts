import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction } from 'idb';
import { asStorageError } from '#lib/worker/blob-store.ts';
import type { StoredHistory } from './edit-history.ts';
import type { Project } from './project.ts';

/** A project without its document, as it is stored. Rows without `revision` are whole projects of schema 1. */
export interface HeadRow extends Omit<Project, 'job'> {
  /** Incremented with every save. */
  revision: number;
}

/** One entry of a project's document, numbered across all projects. Rows are added, never changed. */
export interface EntryRow {
  project: string;
  entry: unknown;
}

interface Schema extends DBSchema {
  projects: { key: string; value: HeadRow; indexes: { updatedAt: string } };
  entries: { key: number; value: EntryRow; indexes: { project: string } };
  /** Histories of edits, by the ids of projects. */
  histories: { key: string; value: StoredHistory };
}

const STORES = ['projects', 'entries', 'histories'] as const;

/** A write transaction on all stores. */
export type WriteTransaction = IDBPTransaction<Schema, typeof STORES, 'readwrite'>;

const NAME = 'immersivaudio';

/** The database refused. The message tells the user what to do. */
export class ProjectDatabaseError extends Error {
  override name = 'ProjectDatabaseError';
}

/** The connection to the database: opened at the first use, and again after the browser has closed it. */
export class ProjectDatabase {
  #opened: Promise<IDBPDatabase<Schema>> | null = null;

  /**
   * Reads or writes.
   * @throws StorageFullError when there is no space, ProjectDatabaseError when the database refuses for another reason.
   */
  async use<T>(work: (database: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
    try {
      return await this.#tryTwice(work);
    } catch (error) {
      throw asDatabaseError(error);
    }
  }

  /** Writes to all stores in one transaction. */
  write<T>(work: (transaction: WriteTransaction) => Promise<T>): Promise<T> {
    return this.use(async (database) => {
      const transaction = database.transaction(STORES, 'readwrite', { durability: 'strict' });
      // Both may reject with the reason, so the work is awaited together with the transaction.
      const [result] = await Promise.all([abortOnThrow(transaction, work), transaction.done]);
      return result;
    });
  }

  /** Retries once with a new connection: the browser, or a newer version of the app, may have closed the old one. */
  async #tryTwice<T>(work: (database: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
    const opened = this.#open();
    try {
      return await work(await opened);
    } catch (error) {
      const isClosed = error instanceof DOMException && error.name === 'InvalidStateError';
      if (!isClosed) throw error;
      if (this.#opened === opened) this.#opened = null;
      return work(await this.#open());
    }
  }

  #open(): Promise<IDBPDatabase<Schema>> {
    if (this.#opened) return this.#opened;
    const forget = () => (this.#opened = null);
    const { promise: blocked, reject } = Promise.withResolvers<never>();
    const opening = openDB<Schema>(NAME, 3, {
      upgrade(database, from) {
        if (from < 1)
          database.createObjectStore('projects', { keyPath: 'id' }).createIndex('updatedAt', 'updatedAt');
        if (from < 2)
          database.createObjectStore('entries', { autoIncrement: true }).createIndex('project', 'project');
        if (from < 3) database.createObjectStore('histories');
      },
      blocked: () =>
        reject(
          new ProjectDatabaseError(
            'Another tab has an older version of this app open: close that tab or load it again, then try again.',
          ),
        ),
      // Does not block the upgrade by a newer version in another tab.
      blocking: (_, __, event) => {
        (event.target as IDBDatabase).close();
        forget();
      },
      terminated: forget,
    });
    const opened = Promise.race([opening, blocked]);
    this.#opened = opened;
    opened.catch(forget);
    return opened;
  }
}

async function abortOnThrow<T>(
  transaction: WriteTransaction,
  work: (transaction: WriteTransaction) => Promise<T>,
): Promise<T> {
  try {
    return await work(transaction);
  } catch (error) {
    try {
      transaction.abort();
    } catch {
      // It has already been aborted by the same error.
    }
    transaction.done.catch(() => undefined);
    throw error;
  }
}

function asDatabaseError(error: unknown): unknown {
  if (!(error instanceof DOMException)) return error;
  if (error.name === 'QuotaExceededError') return asStorageError(error);
  return new ProjectDatabaseError(
    'The browser does not let this page keep projects at the moment: save the project as a file, then load the page again.',
    { cause: error },
  );
}
