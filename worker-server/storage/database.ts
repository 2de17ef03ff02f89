import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';

/** How long to wait for the lock of a server that is shutting down. */
const BUSY_MILLISECONDS = 1000;

/** Another server uses this data folder, or a newer version created it. */
export class DataFolderError extends Error {
  override name = 'DataFolderError';
}

/**
 * A SQLite database, locked by one process unless it is shared. Write-ahead log with `synchronous = NORMAL`: commits
 * survive a crash of the process; a power failure may lose the newest commits, never half of one. Deleted content, such
 * as prompts, is overwritten (`secure_delete`).
 */
export class Database implements Disposable {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  #isInTransaction = false;

  /**
   * @param options `isShared` lets other processes open it as well, such as a backup.
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

  /** Runs statements that return no rows. */
  exec(sql: string): void {
    this.#db.exec(sql);
  }

  /** The first row, or undefined. `Row` is the type of the selected columns. */
  get<Row>(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#prepare(sql).get(...values) as Row | undefined;
  }

  all<Row>(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#prepare(sql).all(...values) as Row[];
  }

  /** Runs a statement. Returns the rowid of the inserted row and the number of changed rows. */
  run(sql: string, ...values: SQLInputValue[]): { row: number; changes: number } {
    const { lastInsertRowid, changes } = this.#prepare(sql).run(...values);
    return { row: Number(lastInsertRowid), changes: Number(changes) };
  }

  /** Runs `work` in a transaction. A nested call joins the outer transaction. */
  transaction<T>(work: () => T): T {
    if (this.#isInTransaction) return work();
    this.exec('begin immediate');
    this.#isInTransaction = true;
    try {
      const result = work();
      this.exec('commit');
      return result;
    } catch (error) {
      // SQLite rolls back by itself when the disk is full.
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
