import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';

/** How long the file of a server that is just ending is waited for. */
const BUSY_MILLISECONDS = 1000;

/** Another server uses this data folder, or a newer one made it. */
export class DataFolderError extends Error {
  override name = 'DataFolderError';
}

/**
 * SQLite, opened by one process alone. Write-ahead log with `synchronous = NORMAL`: what was committed outlives the
 * death of the process; the loss of power may take the newest commits, never a part of one. What is deleted, such as
 * somebody's words, is overwritten.
 */
export class Database implements Disposable {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  #isInTransaction = false;

  /**
   * @param options `isShared` lets other processes in as well, such as one that makes a backup.
   * @throws DataFolderError when another process has it open.
   */
  constructor(path: string, { isShared = false } = {}) {
    this.#db = new DatabaseSync(path);
    try {
      this.exec(
        `pragma busy_timeout = ${BUSY_MILLISECONDS}; pragma locking_mode = ${isShared ? 'normal' : 'exclusive'}; pragma journal_mode = wal;
         pragma synchronous = normal; pragma secure_delete = on; pragma foreign_keys = on; begin immediate; commit`,
      );
    } catch (error) {
      this.#db.close();
      if (!isLocked(error)) throw error;
      throw new DataFolderError(`Another server uses ${path}: each server needs a data folder of its own.`);
    }
  }

  /** Runs statements that give no rows. */
  exec(sql: string): void {
    this.#db.exec(sql);
  }

  /** The first row, or undefined. The caller names the type of the columns that it asks for. */
  get<Row>(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#prepare(sql).get(...values) as Row | undefined;
  }

  all<Row>(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#prepare(sql).all(...values) as Row[];
  }

  /** Runs a statement; gives the row number of what it inserted, and how many rows it changed. */
  run(sql: string, ...values: SQLInputValue[]): { row: number; changes: number } {
    const { lastInsertRowid, changes } = this.#prepare(sql).run(...values);
    return { row: Number(lastInsertRowid), changes: Number(changes) };
  }

  /** All of it or nothing. Inside another transaction it is a part of that one. */
  transaction<T>(work: () => T): T {
    if (this.#isInTransaction) return work();
    this.exec('begin immediate');
    this.#isInTransaction = true;
    try {
      const result = work();
      this.exec('commit');
      return result;
    } catch (error) {
      // A full disk may have rolled back already.
      if (this.#db.isTransaction) this.exec('rollback');
      throw error;
    } finally {
      this.#isInTransaction = false;
    }
  }

  [Symbol.dispose](): void {
    this.#statements.clear();
    this.#db.close();
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

function isLocked(error: unknown): boolean {
  return error instanceof Error && /database is locked/.test(error.message);
}
