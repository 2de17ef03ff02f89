import { DataFolderError, type Database } from './database.ts';

/**
 * Runs the migrations that the database has not seen yet, each in a transaction of its own. `user_version` counts those
 * that are done.
 * @throws DataFolderError when a newer server has migrated the database further.
 */
export function migrate(db: Database, migrations: readonly string[]): void {
  const { user_version: version } = db.get<{ user_version: number }>('pragma user_version')!;
  if (version > migrations.length) {
    throw new DataFolderError(
      `A newer server made this data folder (version ${version}; this one knows ${migrations.length}).`,
    );
  }
  for (let done = version; done < migrations.length; done++) {
    db.transaction(() => db.exec(`${migrations[done]}; pragma user_version = ${done + 1}`));
  }
}
