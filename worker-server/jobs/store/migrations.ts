import { DataFolderError, type Database } from './database.ts';

/** How the tables came to be: one step per version; those that were released are never changed. */
export const MIGRATIONS: readonly string[] = [
  `create table runs (
     id integer primary key autoincrement,
     key text not null,
     engine text not null,
     bucket text not null,
     verb text not null,
     spec text not null,
     still text,
     status text not null,
     deaths integer not null default 0,
     parts text not null default '[]',
     result text,
     bytes integer not null default 0,
     started_at real,
     ended_at real,
     used_at real,
     uses integer not null default 0
   ) strict;
   create index runs_by_key on runs (key, status);
   create index runs_by_status on runs (status, engine);
   create index runs_by_use on runs (uses);
   create table jobs (
     ordinal integer primary key autoincrement,
     id text not null unique,
     client text not null,
     request text not null,
     run integer not null references runs (id),
     status text not null,
     turn integer not null default 0,
     last_seq integer not null default 0,
     created_at real not null,
     ended_at real
   ) strict;
   create index jobs_by_run on jobs (run, status);
   create index jobs_by_status on jobs (status, client);
   create table events (
     job integer not null references jobs (ordinal) on delete cascade,
     seq integer not null,
     t text not null,
     body text not null,
     primary key (job, seq)
   ) strict, without rowid;
   create table durations (
     id integer primary key autoincrement,
     bucket text not null,
     ms real not null
   ) strict;`,
];

/**
 * Brings the tables to the newest version, each step whole or not at all; `user_version` counts the steps done.
 * @throws DataFolderError when a newer server has been at work here.
 */
export function migrate(db: Database, migrations: readonly string[] = MIGRATIONS): void {
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
